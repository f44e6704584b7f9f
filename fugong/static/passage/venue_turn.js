// The twin of `turn_of` in fugong/passage/rules/venues.py; a test holds both together.

import { ascii, joined, toBase64Url } from "./bytes.js";

const TURN = ascii("fugong venue turn");
const TURN_BYTES = 6;

// `key` are the screen's 32 bytes, `turn` the number of half minutes since 1970 UTC.
export async function turnOf(key, turn) {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(turn));
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", hmac, joined(TURN, number));
  return toBase64Url(new Uint8Array(digest).slice(0, TURN_BYTES));
}
