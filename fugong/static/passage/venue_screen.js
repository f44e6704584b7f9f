// A venue's code on a screen: the address of its page, and beside it what changes each half minute. The twin of
// `turn_of` in fugong/passage/rules/venues.py.

import { ascii, fromBase64Url, joined, toBase64Url } from "./bytes.js";
import { draw } from "./own_drawing.js";

const page = document.getElementById("screen");
const told = page.dataset;
const canvas = page.querySelector("canvas");
const said = page.querySelector("[data-said]");
const TURN = ascii("fugong venue turn");
const TURN_BYTES = 6;
const ASK_AGAIN = 60000;

let known = null;
let drawn = "";

async function turnOf(key, turn) {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(turn));
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", hmac, joined(TURN, number));
  return toBase64Url(new Uint8Array(digest).slice(0, TURN_BYTES));
}

async function ask() {
  try {
    const response = await fetch(told.state, { cache: "no-store" });
    if (response.status === 410) {
      known = null;
      said.textContent = told.ended;
      canvas.hidden = true;
    } else if (response.ok) {
      const { address, key, now } = await response.json();
      known = { address, key: fromBase64Url(key), ahead: now - Date.now() };
      said.textContent = "";
    }
  } catch {
    said.textContent = told.away;
  }
  await show();
}

async function show() {
  if (!known) return;
  const turn = Math.floor((Date.now() + known.ahead) / 1000 / Number(told.turns));
  const text = `${known.address}?c=${await turnOf(known.key, turn)}`;
  if (text === drawn) return;
  drawn = text;
  draw(canvas, text);
  canvas.hidden = false;
}

void ask();
setInterval(() => void show(), 1000);
setInterval(() => void ask(), ASK_AGAIN);
