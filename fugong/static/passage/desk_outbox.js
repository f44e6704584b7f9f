// Vehicles that the server has not taken yet: kept on this phone, and sent until they are, each stored once.

import { Clock } from "./clock.js";
import { isCopy, keepThisPage } from "./page_keeping.js";
import { openStore } from "./store.js";

const AGAIN = 15_000;
const PATIENCE = 15_000;
// To be sent again later; of other answers from 400 to 499 it is known that the server will never take it.
const LATER = new Set([401, 403, 408, 425, 429]);

class Away extends Error {}

const store = await openStore("fugong-desk");
const clock = new Clock();
const place = document.getElementById("desk-waiting");
const words = place.dataset;
const desk = () => document.querySelector("form.desk");
const filled = (sentence, value) => sentence.replace(/\{\w+\}/, value);
const isOfDesk = (element) => element instanceof Element && element.closest("form.desk") !== null;

let alone = "";
// The refused car that stands in the form. It leaves the list when it is answered, or kept anew.
let corrected = null;
let isSignedOut = false;
let isSending = false;

// The server's time is the moment in a form that it just sent.
function meet(form) {
  if (form.dataset.isMet !== undefined) return;
  form.dataset.isMet = "";
  const now = Date.now();
  clock.correct(Number(form.elements.at.value) / 1000, now, now);
  alone = "";
}

// The page as this phone kept it: its moment is old, and its number is that of a car long gone.
function meetCopy(form) {
  form.dataset.isMet = "";
  renew(form);
}

function drawn() {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return String((BigInt(high >>> 2) << 32n) | BigInt(low));
}

function onceKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("");
}

// The car is here now, not when the form was made; one that is corrected keeps its moment.
function setMoment(form) {
  form.elements.at.value = String(corrected?.at ?? clock.microseconds);
}

// For the next vehicle, going the same way.
function empty(form) {
  const { direction } = form.elements;
  const way = direction.value;
  form.reset();
  for (const line of form.querySelectorAll(".desk-line input")) line.value = "";
  form.elements.plate.value = form.elements.origin.value = "";
  form.elements.people.value = "1";
  form.elements.is_forced.checked = false;
  direction.value = way;
  renew(form);
  form.elements.people.dispatchEvent(new Event("input"));
  form.elements.plate.focus({ preventScroll: true });
}

function renew(form) {
  form.elements.nonce.value = drawn();
  form.elements._once.value = onceKey();
}

async function keep(form) {
  const written = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "is_alone"].includes(name));
  const { nonce, at, plate } = form.elements;
  const car = plate.value;
  const fields = [...written, ["is_alone", "on"]];
  const entry = { nonce: nonce.value, at: Number(at.value), path: location.pathname, plate: car, fields };
  try {
    await store.keep(entry);
    await release();
    alone = filled(words.alone, car);
    empty(form);
  } catch {
    alone = words.full;
  }
  await show();
  scrollTo(0, 0);
}

async function sent({ path, fields }) {
  const token = desk().elements.csrfmiddlewaretoken.value;
  const answer = await fetch(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": token },
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((error) => {
    throw new Away(error.message);
  });
  const isRefused = answer.status >= 400 && answer.status < 500 && !LATER.has(answer.status);
  if (isRefused) return whyOf(await answer.text()) || String(answer.status);
  // Taken before, it leads back to the desk; signed out, elsewhere.
  isSignedOut = answer.status === 403 || new URL(answer.url).pathname !== path;
  if (!answer.ok || isSignedOut) throw new Away(String(answer.status));
  return "";
}

function whyOf(page) {
  const found = new DOMParser().parseFromString(page, "text/html");
  const said = [...found.querySelectorAll(".field-error p, #refusal, [data-focus] p:not(:first-child)")];
  return said.map((each) => each.textContent.trim()).join(" ");
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (let [entry] = await store.kept(1); entry; [entry] = await store.kept(1)) {
      const why = await sent(entry);
      const apart = why ? [{ ...entry, why }] : [];
      await store.settle({ done: [entry.nonce], apart });
      alone = "";
    }
  } catch (error) {
    if (!(error instanceof Away)) throw error;
  } finally {
    isSending = false;
    await show();
  }
}

function line(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function refused(entry) {
  const item = document.createElement("li");
  const putAway = async () => {
    await store.dismiss(entry.nonce);
    await show();
  };
  const buttons =
    entry.nonce === corrected?.nonce
      ? [button(words.later, leave)]
      : [button(words.correct, () => takeUp(entry)), button(words.putAway, putAway)];
  const said = document.createElement("span");
  said.textContent = `${entry.plate} · ${entry.why}`;
  item.append(said, ...buttons);
  return item;
}

async function leave() {
  corrected = null;
  empty(desk());
  await show();
}

async function release() {
  if (corrected) await store.dismiss(corrected.nonce);
  corrected = null;
}

async function takeUp(entry) {
  const form = desk();
  empty(form);
  corrected = entry;
  for (const [name, value] of entry.fields) {
    if (name === "is_forced") form.elements.is_forced.checked = true;
    else if (name !== "_once" && name !== "is_alone" && form.elements[name]) form.elements[name].value = value;
  }
  form.elements.people.dispatchEvent(new Event("input"));
  await show();
}

// What stands large is of the car that is here, or is not there.
function forgetAnswer() {
  document.querySelector("#desk .desk-answer")?.remove();
  alone = "";
}

function large(text) {
  const word = line(text);
  word.className = "desk-big";
  return word;
}

async function show() {
  const [number, apart] = [await store.countKept(), await store.apart()];
  const list = document.createElement("ul");
  list.className = "rows";
  list.append(...apart.map(refused));
  const said = [
    ...(alone ? [large(words.check), line(alone)] : []),
    ...(number ? [line(filled(words.kept, number))] : []),
    ...(number && isSignedOut ? [line(words.signIn)] : []),
    ...(apart.length ? [line(words.refused), list] : []),
  ];
  place.replaceChildren(...said);
  place.hidden = said.length === 0;
  for (const name of ["desk-answer", "tone-waiting"]) place.classList.toggle(name, alone !== "");
}

function notAnswered(event) {
  if (isOfDesk(event.detail.elt)) void keep(desk());
}

if (isCopy()) meetCopy(desk());
else meet(desk());
// From now on nothing is lost, and the page need not say that nobody answered.
document.getElementById("content").dataset.keepsOffline = "";
document.addEventListener("htmx:configRequest", (event) => {
  if (!isOfDesk(event.detail.elt)) return;
  forgetAnswer();
  void show();
  setMoment(desk());
  event.detail.parameters.at = desk().elements.at.value;
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = event.detail;
  isSignedOut = xhr.status === 403 || xhr.getResponseHeader("HX-Redirect") !== null;
  if (!isOfDesk(elt) || !(isSignedOut || LATER.has(xhr.status))) return;
  // Led to the sign-in, the page would be left with the car in it.
  event.preventDefault();
  void keep(desk());
});
document.addEventListener("htmx:sendError", notAnswered);
document.addEventListener("htmx:timeout", notAnswered);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) notAnswered(event);
});
document.addEventListener("htmx:afterSwap", async () => {
  meet(desk());
  if (document.querySelector("#desk .desk-answer")) await release();
  await sendAll();
});
addEventListener("online", sendAll);
setInterval(sendAll, AGAIN);
await sendAll();
if (!isCopy() && (await keepThisPage(words.worker).catch(() => false))) place.dataset.isKept = "";
