// The answer as a guard takes it in: a word, a colour, a shape, a sound, a shake, and one sentence.

import { Answer } from "./choices.js";
import { $ } from "./page.js";
import { pick, say, sayAnswer, sayReason } from "./words.js";

const SHAKES = { [Answer.ALLOW]: [60], [Answer.ASK]: [120, 80, 120], [Answer.STOP]: [500] };
// Hertz and milliseconds.
const TONES = {
  [Answer.ALLOW]: [[1320, 120]],
  [Answer.ASK]: [[740, 140], [740, 140]],
  [Answer.STOP]: [[220, 600]],
};
const GAP = 0.06;
let sound = null;

// Browsers let a page be heard only after somebody has touched it.
export function allowSound() {
  sound ??= new AudioContext();
  sound.resume();
}

export function showAnswer(outcome, levels) {
  const { answer, reason, name, level, by, fault } = outcome;
  const [what, todo] = sayReason(reason);
  const box = $("answer");
  box.dataset.answer = answer;
  $("answer-word").textContent = sayAnswer(answer);
  $("answer-who").textContent = [name, level && pick(levels?.[level])].filter(Boolean).join(" · ");
  $("answer-what").textContent = fault ? fault.message : what;
  $("answer-do").textContent = todo;
  $("answer-by").textContent = say(by === "server" ? "by_server" : "by_phone");
  $("after").hidden = answer === Answer.ALLOW;
}

export function clearAnswer() {
  $("answer").dataset.answer = 0;
  for (const id of ["answer-word", "answer-who", "answer-do", "answer-by"]) $(id).textContent = "";
  $("answer-what").textContent = say("ready_to_scan");
  $("after").hidden = true;
}

export function alarm(answer) {
  // Before the first touch a browser does not let a page shake the phone, and complains.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[answer]);
  if (!sound) return;
  let start = sound.currentTime;
  for (const [pitch, length] of TONES[answer]) {
    const tone = new OscillatorNode(sound, { frequency: pitch, type: "square" });
    const volume = new GainNode(sound, { gain: 0.2 });
    tone.connect(volume).connect(sound.destination);
    tone.start(start);
    start += length / 1000;
    tone.stop(start);
    start += GAP;
  }
}
