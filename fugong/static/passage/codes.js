// The codes that are shown at a gate: the twin of fugong/passage/rules/codes.py, held to it by vectors.

import { ascii, fromBase64Url, joined, toBase64Url } from "./bytes.js";
import { SubjectKind } from "./choices.js";
import { isSigned, sign } from "./signatures.js";

export const LIVE = "FG1.";
export const Fault = Object.freeze({
  MALFORMED: "malformed",
  UNKNOWN_KEY: "unknown_key",
  FORGED: "forged",
  EXPIRED: "expired",
  OLD: "old",
  EARLY: "early",
});
const MINUTES_EARLY = 1;
const MINUTES_LATE = 2;
const NO_HOURS = 0xffff;
const KIND = 1;
const HEAD = 34;
const MAC_BYTES = 8;
const ONLINE = HEAD + 4 + MAC_BYTES;
const OFFLINE = ONLINE + 32 + 64 + 64;
const CERTIFICATE = ascii("fugong phone 1");
const SIGNED = ascii("fugong minute 1");

// A claim is {keyId, person, device, validUntil, place, hours}; person and device are bytes.
export function headOf(claim) {
  const head = new Uint8Array(HEAD);
  const view = new DataView(head.buffer);
  const [start, end] = claim.hours ?? [NO_HOURS, NO_HOURS];
  head[0] = KIND;
  head[1] = claim.keyId;
  head.set(claim.person, 2);
  head.set(claim.device, 18);
  view.setUint32(22, claim.validUntil);
  view.setUint32(26, claim.place);
  view.setUint16(30, start);
  view.setUint16(32, end);
  return head;
}

// null for what cannot be a code, cut short or prolonged.
export function parse(text) {
  const raw = text.startsWith(LIVE) ? fromBase64Url(text.slice(LIVE.length)) : null;
  if (raw === null || ![ONLINE, OFFLINE].includes(raw.length) || raw[0] !== KIND) return null;
  const view = new DataView(raw.buffer, raw.byteOffset);
  const start = view.getUint16(30);
  const claim = {
    kind: SubjectKind.PERSON,
    keyId: raw[1],
    person: raw.slice(2, 18),
    device: raw.slice(18, 22),
    validUntil: view.getUint32(22),
    place: view.getUint32(26),
    hours: start === NO_HOURS ? null : [start, view.getUint16(32)],
  };
  const rest = raw.slice(ONLINE);
  const offline = rest.length
    ? { publicKey: rest.slice(0, 32), certificate: rest.slice(32, 96), signature: rest.slice(96) }
    : null;
  return { claim, minute: view.getUint32(HEAD), mac: raw.slice(HEAD + 4, ONLINE), offline };
}

export function textOf({ claim, minute, mac, offline }) {
  const parts = [headOf(claim), minuteBytes(minute), mac];
  if (offline) parts.push(offline.publicKey, offline.certificate, offline.signature);
  return LIVE + toBase64Url(joined(...parts));
}

export const minuteOf = (seconds) => Math.floor(seconds / 60);

export const certified = (claim, publicKey) => joined(CERTIFICATE, headOf(claim), publicKey);

export const signed = (claim, minute) => joined(SIGNED, headOf(claim), minuteBytes(minute));

// By the two signatures; "" where nothing is wrong. `publicKeys` are the authority's, by the number of the key.
export async function faultOffline(code, publicKeys, seconds, byBrowser = null) {
  const authority = publicKeys[code.claim.keyId];
  if (!authority) return Fault.UNKNOWN_KEY;
  if (!code.offline) return Fault.MALFORMED;
  const { publicKey, certificate, signature } = code.offline;
  const isGood =
    (await isSigned(authority, certificate, certified(code.claim, publicKey), byBrowser)) &&
    (await isSigned(publicKey, signature, signed(code.claim, code.minute), byBrowser));
  return isGood ? faultOfTime(code, seconds) : Fault.FORGED;
}

export function faultOfTime(code, seconds) {
  const present = minuteOf(seconds);
  if (present >= code.claim.validUntil) return Fault.EXPIRED;
  if (code.minute < present - MINUTES_LATE) return Fault.OLD;
  return code.minute > present + MINUTES_EARLY ? Fault.EARLY : "";
}

// The worker's phone: `macKey` are the 32 bytes that the server gave it with the claim.
export async function macKeyOf(bytes) {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

// The text of the code for this minute. `key` is of signatures.makeKey, `certificate` the authority's for it.
export async function make(claim, seconds, macKey, key = null, certificate = null) {
  const minute = minuteOf(seconds);
  const digest = await crypto.subtle.sign("HMAC", macKey, joined(headOf(claim), minuteBytes(minute)));
  const mac = new Uint8Array(digest).slice(0, MAC_BYTES);
  if (!certificate) return textOf({ claim, minute, mac, offline: null });
  const signature = await sign(key, signed(claim, minute));
  return textOf({ claim, minute, mac, offline: { publicKey: key.publicKey, certificate, signature } });
}

function minuteBytes(minute) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, minute);
  return bytes;
}
