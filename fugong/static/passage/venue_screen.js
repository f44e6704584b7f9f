// A venue's code on a screen: the address of its page, and beside it what changes each half minute.

import { fromBase64Url } from "./bytes.js";
import { draw } from "./own_drawing.js";
import { turnOf } from "./venue_turn.js";

const page = document.getElementById("screen");
const told = page.dataset;
const canvas = page.querySelector("canvas");
const said = page.querySelector("[data-said]");
const ASK_AGAIN = 60000;

let known = null;
let drawn = "";

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
