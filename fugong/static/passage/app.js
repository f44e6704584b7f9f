// The gate on a guard's phone: which screen is shown, and what a scan does.

import { alarm, allowSound, clearAnswer, showAnswer } from "./answer.js";
import { check } from "./checking.js";
import { Answer, Direction } from "./choices.js";
import { Clock } from "./clock.js";
import { Gatekeeper, NotPaired } from "./gatekeeper.js";
import { showList } from "./listing.js";
import { Thermometer } from "./measuring.js";
import { $, remembered } from "./page.js";
import { Queue } from "./queue.js";
import { Camera, TypingScanner, makeReader } from "./scanner.js";
import { openStore } from "./store.js";
import { facts, offerLanguages, say, sayAll } from "./words.js";

const SCREENS = ["pairing", "choosing", "scanning", "listing", "checking"];
// The eight characters, in a QR code behind the number of the authority.
const PAIRING = /^([0-9A-F]{32}\.)?[0-9A-Z]{8}$/;
const DIRECTIONS = { in: [Direction.IN], out: [Direction.OUT], both: [Direction.IN, Direction.OUT] };
const CLEARED_AFTER = 6000;
const store = await openStore();
const clock = new Clock();
const queue = new Queue(store);
const keeper = new Gatekeeper(store, clock, queue);
const thermometer = new Thermometer();
let screen = "";
let post = remembered.get("post");
let last = null;
let inside = null;
let turn = Promise.resolve();
let clearing = 0;
let camera = null;

const gateOf = (number) => keeper.knowledge?.gate(number) ?? null;
const gateName = (number) => gateOf(number)?.name ?? String(number);

async function go(name) {
  if (name === "scanning" && !gateOf(post?.gate)) name = "choosing";
  if (name !== "pairing" && !keeper.isPaired) name = "pairing";
  screen = name;
  for (const each of SCREENS) $(each).hidden = each !== name;
  await use(name);
  if (name === "choosing") offerGates();
  if (name === "scanning") clearAnswer();
  if (name === "checking") await check(keeper, clock);
  await refresh();
}

// The camera runs on the two screens that scan, and nowhere else.
async function use(name) {
  camera?.stop();
  camera = null;
  const video = { pairing: $("pairing-video"), scanning: $("video") }[name];
  if (!video) return;
  $("camera-said").textContent = say("starting");
  try {
    const made = new Camera(video, await makeReader(facts.reader), heard);
    camera = made;
    await made.start();
    if (screen !== name) made.stop();
    $("camera-said").textContent = "";
    $("light").hidden = !made.hasTorch;
  } catch {
    camera = null;
    $("camera-said").textContent = say("no_camera");
  }
}

function heard(text) {
  if (screen === "pairing") pairBy(text);
  if (screen === "scanning") scan(text);
}

// One after another: a second code does not overtake the first, and none is dropped.
function scan(code) {
  thermometer.skip();
  turn = turn.then(() => scanned(code)).catch(trouble);
}

async function scanned(code) {
  const { gate, direction } = post;
  const isMeasured = post.measure && isMeasuredAt(gateOf(gate));
  const temperature = isMeasured ? await thermometer.ask() : null;
  last = await keeper.scan({ gate, direction, code, temperature });
  inside = last.inside ?? inside;
  clearTimeout(clearing);
  showAnswer(last, keeper.knowledge?.state.levels);
  alarm(last.answer);
  if (last.answer === Answer.ALLOW) clearing = setTimeout(clearAnswer, CLEARED_AFTER);
  await refresh();
}

async function force() {
  const outcome = last;
  $("forcing").returnValue = "";
  $("forcing").showModal();
  await new Promise((resolve) => $("forcing").addEventListener("close", resolve, { once: true }));
  if ($("forcing").returnValue !== "yes") return;
  await keeper.force(outcome);
  $("after").hidden = true;
  $("answer-do").textContent = say("forced_done");
  await refresh();
}

function offerGates() {
  const chosen = gateOf(post?.gate)?.number ?? keeper.gates[0]?.number;
  $("gate").replaceChildren(...keeper.gates.map(({ number, name }) => new Option(name, number)));
  if (chosen !== undefined) $("gate").value = chosen;
  $("measure").checked = post?.measure ?? gateOf(chosen)?.measures !== "may";
  offerDirections();
}

function offerDirections() {
  const gate = gateOf(Number($("gate").value));
  const allowed = DIRECTIONS[gate?.directions] ?? DIRECTIONS.both;
  const wanted = allowed.includes(post?.direction) ? post.direction : allowed[0];
  for (const radio of document.querySelectorAll("[name=direction]")) {
    radio.disabled = !allowed.includes(Number(radio.value));
    radio.checked = Number(radio.value) === wanted;
  }
  $("measure-line").hidden = !isMeasuredAt(gate);
}

// By the playbook. Without a limit there is nothing to compare with.
function isMeasuredAt(gate) {
  return (gate?.rules.fever_from ?? null) !== null && gate.measures !== "no";
}

function take(event) {
  event.preventDefault();
  allowSound();
  const direction = Number(new FormData(event.target).get("direction"));
  post = { gate: Number($("gate").value), direction, measure: $("measure").checked };
  remembered.set("post", post);
  inside = null;
  navigator.wakeLock?.request("screen").catch(() => {});
  go("scanning");
}

// The code itself, or the address with the code behind its #.
async function pairBy(text) {
  const code = text.trim().split("#").pop().replace(/^pair=/, "").replace(/[\s-]/g, "").toUpperCase();
  if (!PAIRING.test(code)) return trouble(null, "pair_refused");
  try {
    await keeper.pair(code, facts.pair);
    history.replaceState(null, "", location.pathname);
    $("trouble").hidden = true;
    await go("choosing");
  } catch (error) {
    trouble(error, error instanceof NotPaired ? "pair_refused" : "pair_away");
  }
}

function trouble(error, name = "error") {
  if (error && name === "error") console.error(error);
  $("trouble").textContent = say(name, { message: error?.message });
  $("trouble").hidden = false;
}

async function refresh() {
  const apart = (await store.apart()).length;
  $("where").textContent = post ? `${gateName(post.gate)} · ${say(post.direction === Direction.OUT ? "out" : "in")}` : "";
  inside ??= gateOf(post?.gate)?.inside ?? null;
  $("inside").textContent = inside === null ? "" : say("inside", { count: inside });
  $("network").textContent = say(queue.isAway ? "offline" : "online");
  $("network").dataset.away = queue.isAway;
  $("kept").textContent = queue.kept ? say("kept", { count: queue.kept }) : say("all_sent");
  $("conflicts").textContent = apart ? say("conflicts", { count: apart }) : "";
  if (screen === "listing") await showList(store, queue, gateName, refresh);
}

// Only where it is another offer: what the guard has just chosen is not taken back.
function offerAnew() {
  const offered = Array.from($("gate").options, ({ value, text }) => [Number(value), text]);
  const present = keeper.gates.map(({ number, name }) => [number, name]);
  if (screen === "choosing" && JSON.stringify(offered) !== JSON.stringify(present)) offerGates();
}

async function changed() {
  offerAnew();
  if (screen && screen !== "pairing" && !keeper.isPaired) {
    await go("pairing");
    trouble(null, "unknown");
  }
  await refresh();
}

sayAll();
offerLanguages($("language"), () => go(screen));
for (const each of document.querySelectorAll("[data-goes]")) {
  each.addEventListener("click", () => go(each.dataset.goes));
}
$("pairing-form").addEventListener("submit", (event) => {
  event.preventDefault();
  pairBy($("pairing-code").value);
});
$("choosing-form").addEventListener("submit", take);
$("gate").addEventListener("change", offerDirections);
$("by-hand").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("number").value.trim();
  $("by-hand").reset();
  scan(text.startsWith("FG") ? text : text.toUpperCase());
});
$("force").addEventListener("click", force);
$("explain").addEventListener("click", () => $("explaining").showModal());
$("check-again").addEventListener("click", () => go("checking"));
$("light").addEventListener("click", (event) => {
  const isOn = event.target.getAttribute("aria-pressed") !== "true";
  event.target.setAttribute("aria-pressed", isOn);
  camera?.light(isOn);
});
window.addEventListener("online", () => queue.kick());
queue.addEventListener("change", changed);
keeper.addEventListener("change", changed);
new TypingScanner(heard);
await navigator.serviceWorker?.register(facts.worker).catch((error) => console.warn(error));
if (!window.isSecureContext) trouble(null, "insecure");
await keeper.begin();
const code = location.hash.slice(1);
if (code && !keeper.isPaired) await pairBy(code);
await go(keeper.isPaired ? "scanning" : "pairing");
