// The test before a shift: is everything here that this phone needs when the network goes?

import { $, line } from "./page.js";
import { makeReader } from "./scanner.js";
import { facts, say, timeOf } from "./words.js";

// Seconds by which a phone's clock may be off without a word, since codes are good by the minute.
const CLOCK = 20;

export async function check(keeper, clock) {
  $("check-whole").textContent = "";
  const found = [...ofKnowledge(keeper.knowledge, clock), await ofCamera(), await ofApp()];
  const isReady = found.every(([isGood]) => isGood);
  $("checks").replaceChildren(...[...found, ofClock(clock)].map(([isGood, text]) => told(isGood, text)));
  $("check-whole").textContent = say(isReady ? "check_good" : "check_bad");
  $("check-whole").dataset.good = isReady;
}

function told(isGood, text) {
  const made = line(text);
  made.dataset.good = isGood;
  return made;
}

function ofKnowledge(knowledge, clock) {
  if (!knowledge) return [[false, say("check_none")]];
  const { since, until } = knowledge.state;
  const { keys, levels, revoked } = knowledge.counts;
  return [
    [knowledge.isOfNow(clock.seconds), say("check_time", { time: timeOf(since), until: timeOf(until) })],
    [keys > 0, say("check_keys", { count: keys })],
    [levels > 0, say("check_levels", { count: levels })],
    [true, say("check_revoked", { count: revoked })],
  ];
}

async function ofCamera() {
  try {
    await makeReader(facts.reader);
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    for (const track of stream.getTracks()) track.stop();
    return [true, say("check_camera")];
  } catch {
    return [false, say("check_camera_bad")];
  }
}

async function ofApp() {
  const isKept = Boolean((await navigator.serviceWorker?.getRegistration())?.active);
  return [isKept, say(isKept ? "check_app" : "check_app_bad")];
}

function ofClock(clock) {
  const seconds = Math.round(-clock.offset / 1000);
  return [true, Math.abs(seconds) <= CLOCK ? say("check_clock_good") : say("check_clock", { seconds })];
}
