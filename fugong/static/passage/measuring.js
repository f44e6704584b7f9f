// The temperature by three keys, as guards say it: 3 6 5 is 36.5. Skipped by one.

import { $, button } from "./page.js";
import { say } from "./words.js";

const ERASE = "⌫";
const LEAST = 300;
const MOST = 450;
// Quicker keys are those of a hardware scanner, whose digits are no temperature.
const KEY_GAP = 60;

// Tenths of a degree, or null where it is skipped or somebody else is scanned meanwhile.
export class Thermometer {
  #digits = "";
  #answer = null;
  #keyAt = -Infinity;

  constructor() {
    for (const key of [..."123456789", ERASE, "0"]) $("keys").append(button(key, () => this.#press(key)));
    $("measuring").addEventListener("keydown", (event) => this.#type(event));
    $("measuring").addEventListener("cancel", () => this.skip());
    $("measured-set").addEventListener("click", () => this.#set());
    $("measured-without").addEventListener("click", () => this.skip());
  }

  ask() {
    this.skip();
    this.#digits = "";
    this.#show();
    $("measuring").showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  skip() {
    this.#end(null);
  }

  #end(tenths) {
    if ($("measuring").open) $("measuring").close();
    this.#answer?.(tenths);
    this.#answer = null;
  }

  #type(event) {
    const isQuick = event.timeStamp - this.#keyAt < KEY_GAP;
    this.#keyAt = event.timeStamp;
    if (isQuick) return;
    if (/^\d$/.test(event.key)) this.#press(event.key);
    else if (event.key === "Backspace") this.#press(ERASE);
    else if (event.key === "Enter") this.#set();
    else return;
    event.preventDefault();
  }

  // The third digit ends it: no further key is needed.
  #press(key) {
    this.#digits = key === ERASE ? this.#digits.slice(0, -1) : (this.#digits + key).slice(0, 3);
    this.#show();
    if (this.#digits.length === 3 && key !== ERASE) this.#set();
  }

  #set() {
    const tenths = Number(this.#digits.padEnd(3, "0"));
    if (tenths >= LEAST && tenths <= MOST) this.#end(tenths);
    else $("measured-wrong").textContent = say("wrong_temperature");
  }

  #show() {
    const [tens = "–", ones = "–", tenths = "–"] = this.#digits;
    $("measured").textContent = `${tens}${ones}.${tenths} °C`;
    $("measured-wrong").textContent = "";
  }
}
