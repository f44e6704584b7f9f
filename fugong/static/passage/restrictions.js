// How a phone without a network decides: the twin of fugong/passage/rules/restrictions.py.

import { SubjectKind } from "./choices.js";
import { FREE, LEVEL_UNKNOWN, carried, fever, stricter } from "./deciding.js";

const NAME_BYTES = 8;

// `key` are the device's own bytes: the same person has another name on each device.
export async function listKey(bytes) {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

export async function nameOf(key, bytes) {
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
  return Array.from(digest.subarray(0, NAME_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `listed` is {since, until, steps: {name: [[from, answer, reason], ...]}} of one gate.
export function decideByList(rules, listed, name, claim, now, temperature = null) {
  const isOfNow = listed.since <= now && now < listed.until;
  let verdict = isOfNow ? stepAt(listed.steps[name] ?? [], now) : LEVEL_UNKNOWN;
  if (claim.kind === SubjectKind.PERSON) {
    verdict = stricter(verdict, carried(rules, claim.place, claim.hours, now));
  }
  return stricter(verdict, fever(rules, temperature));
}

function stepAt(steps, now) {
  let verdict = FREE;
  for (const [from, answer, reason] of steps) if (from <= now) verdict = [answer, reason];
  return verdict;
}
