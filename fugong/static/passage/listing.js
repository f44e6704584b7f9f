// What somebody must look at: scans that the server answers otherwise, or cannot take.

import { Direction } from "./choices.js";
import { $, button, line, paragraph } from "./page.js";
import { say, sayAnswer, sayReason, timeOf } from "./words.js";

export async function showList(store, queue, gateName, changed) {
  const entries = await store.apart();
  entries.sort((one, other) => other.scan.at - one.scan.at);
  $("list-kept").textContent = queue.kept ? say("kept", { count: queue.kept }) : say("all_sent");
  $("list-none").hidden = entries.length > 0;
  $("list-how").hidden = entries.length === 0;
  $("apart").replaceChildren(...entries.map((entry) => shown(entry, store, gateName, changed)));
}

function shown({ nonce, scan, told, fault }, store, gateName, changed) {
  const away = button(say("put_away"), async () => {
    await store.dismiss(nonce);
    changed();
  });
  const way = say(scan.direction === Direction.OUT ? "out" : "in");
  const parts = [paragraph([timeOf(scan.at / 1e6), gateName(scan.gate), way].join(" · "))];
  if (scan.answer) parts.push(paragraph(say("phone_said", { answer: worded(scan) })));
  if (told) {
    const answer = [told.name, worded(told)].filter(Boolean).join(" · ");
    parts.push(paragraph(say("server_said", { answer })));
  }
  if (fault) parts.push(paragraph(say("server_said", { answer: fault.message })));
  return line(...parts, away);
}

const worded = ({ answer, reason }) => [sayAnswer(answer), sayReason(reason)[0]].filter(Boolean).join(" · ");
