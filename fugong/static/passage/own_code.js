// The worker's own code: anew each minute, with or without a network.

import { make, minuteOf } from "./codes.js";
import { issued, Refused, stateAt } from "./own_asking.js";
import { draw } from "./own_drawing.js";
import { everybody, forget, keep } from "./own_store.js";
import { keepThisPage } from "./page_keeping.js";

const page = document.getElementById("code");
const told = page.dataset;
const part = (name) => page.querySelector(`[data-${name}]`);
const ASK_AGAIN = 120000;
const OLD = 300000;
const clock = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

let people = [];
let chosen = "";
let drawn = "";
let isOffline = false;
let isAsking = false;
let askedAt = 0;
let refusal = "";

const person = () => people.find((each) => each.mark === chosen) ?? people[0];
// The phone's clock, set right by what the server said at the last contact.
const nowOf = (each) => Date.now() + (each?.ahead ?? 0);
const filled = (sentence, value) => sentence.replace(/\{\w+\}/, value);

async function load() {
  people = (await everybody()).sort((one, other) => one.turn - other.turn);
}

async function refresh() {
  if (isAsking) return;
  isAsking = true;
  askedAt = Date.now();
  try {
    const said = await stateAt(told.state);
    isOffline = false;
    refusal = "";
    await follow(said, said.now - Date.now());
  } catch (error) {
    if (error instanceof Refused) refusal = error.message;
    else isOffline = true;
  } finally {
    isAsking = false;
  }
  await load();
  await show();
}

async function follow(said, ahead) {
  const marks = said.people.map((each) => each.mark);
  for (const each of people) if (!marks.includes(each.mark)) await forget(each.mark);
  chosen ||= marks[0] ?? "";
  for (const [turn, each] of said.people.entries()) {
    const before = people.find((known) => known.mark === each.mark) ?? {};
    const now = { ...before, ...each, turn, ahead, asOf: said.now };
    await keep(now);
    if (isSoonOver(now) || now.isAbout !== each.about) await renew(now, said.csrf);
  }
}

async function renew(each, csrf) {
  await keep({ ...each, ...(await issued(told.issue, csrf, each.mark)), isAbout: each.about });
}

function isSoonOver(each) {
  const left = each.claim ? each.claim.validUntil - minuteOf(nowOf(each) / 1000) : 0;
  return left < Number(told.renewBefore);
}

async function show() {
  const each = person();
  showPeople(each);
  part("name").textContent = each?.name ?? "";
  part("place").textContent = each?.place ?? "";
  part("level").innerHTML = each?.level ?? "";
  const isOld = isOffline || (each && nowOf(each) - each.asOf > OLD);
  const asOf = each ? filled(isOld ? told.asOfOffline : told.asOf, clock.format(each.asOf)) : "";
  part("as-of-line").textContent = asOf;
  await showCode(each);
}

function showPeople(shown) {
  const tabs = page.querySelector(".code-people");
  const several = people.length > 1 ? people : [];
  tabs.hidden = several.length === 0;
  tabs.replaceChildren(
    ...several.map((each) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.role = "tab";
      tab.textContent = each.name;
      tab.setAttribute("aria-selected", String(each === shown));
      tab.addEventListener("click", () => {
        chosen = each.mark;
        void show();
      });
      return tab;
    }),
  );
}

async function showCode(each) {
  const seconds = nowOf(each) / 1000;
  const minute = minuteOf(seconds);
  const isGood = Boolean(each?.claim) && minute < each.claim.validUntil;
  part("picture").hidden = !isGood;
  part("left").hidden = !isGood;
  part("said").textContent = isGood ? refusal : missing(each);
  part("said").hidden = part("said").textContent === "";
  part("good-line").textContent = isGood ? goodUntil(each) : "";
  part("next-line").textContent = "";
  if (!isGood) return;
  const left = 60 - (Math.floor(seconds) % 60);
  part("left").value = left;
  part("next-line").textContent = filled(told.next, left);
  const which = `${each.mark} ${minute} ${each.claim.device}`;
  if (which === drawn) return;
  drawn = which;
  draw(part("picture"), await make(each.claim, seconds, each.macKey, each.key, each.certificate));
  part("picture").dataset.minute = minute;
}

const goodUntil = (each) => filled(told.goodUntil, clock.format(each.claim.validUntil * 60000));

function missing(each) {
  if (refusal) return refusal;
  if (each?.claim) return told.ended;
  if (isOffline) return told.offline;
  return each || isAsking ? told.asking : told.nobody;
}

function tick() {
  if (document.visibilityState !== "visible") return;
  if (Math.abs(Date.now() - askedAt) > ASK_AGAIN) void refresh();
  void showCode(person());
}

async function keepPage() {
  if (await keepThisPage(told.worker)) page.dataset.kept = "";
}

async function begin() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) {
    part("said").textContent = told.unable;
    return;
  }
  await load();
  await show();
  await refresh();
  setInterval(tick, 1000);
  addEventListener("online", refresh);
  document.addEventListener("visibilitychange", tick);
  await keepPage().catch(() => undefined);
}

void begin();
