// Codes on paper: the twin of fugong/passage/rules/printed.py, as far as a gate without a network needs it.

import { ascii, fromBase64Url, joined } from "./bytes.js";
import { SubjectKind } from "./choices.js";
import { Fault, minuteOf } from "./codes.js";
import { isSigned } from "./signatures.js";

export const PRINTED = "FGP1.";
const KINDS = [SubjectKind.PERSON, SubjectKind.VISITOR, SubjectKind.VEHICLE];
const HEAD = 38;
const MAC_BYTES = 8;
const LENGTH = HEAD + MAC_BYTES + 64;
const NO_HOURS = 0xffff;
const SIGNED = ascii("fugong printed 1");

// null for what cannot be a code. The claim is as that of a live code; `device` are the bytes of the serial.
export function parsePrinted(text) {
  const raw = text.startsWith(PRINTED) ? fromBase64Url(text.slice(PRINTED.length)) : null;
  if (raw === null || raw.length !== LENGTH || !KINDS.includes(raw[0])) return null;
  const view = new DataView(raw.buffer, raw.byteOffset);
  const start = view.getUint16(34);
  const claim = {
    kind: raw[0],
    keyId: raw[1],
    person: raw.slice(2, 18),
    device: raw.slice(18, 22),
    validFrom: view.getUint32(22),
    validUntil: view.getUint32(26),
    place: view.getUint32(30),
    hours: start === NO_HOURS ? null : [start, view.getUint16(36)],
  };
  return { claim, head: raw.slice(0, HEAD), signature: raw.slice(HEAD + MAC_BYTES) };
}

export async function faultPrinted(code, publicKeys, seconds, byBrowser = null) {
  const authority = publicKeys[code.claim.keyId];
  if (!authority) return Fault.UNKNOWN_KEY;
  if (!(await isSigned(authority, code.signature, joined(SIGNED, code.head), byBrowser))) return Fault.FORGED;
  const present = minuteOf(seconds);
  if (present >= code.claim.validUntil) return Fault.EXPIRED;
  return present < code.claim.validFrom ? Fault.EARLY : "";
}
