// Decides scans as a phone without a network does, by the state that the gate process has sent it.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { knowledgeOf } = await import(pathToFileURL(`${process.argv[2]}/knowledge.js`).href);
const { state, changes, scans } = JSON.parse(readFileSync(0, "utf8"));
const knowledge = await knowledgeOf(state);
for (const change of changes) knowledge.change(change);

const decided = [];
for (const { gate, code, at, temperature } of scans) {
  decided.push(await knowledge.decide(gate, code, at / 1e6, temperature));
}
console.log(JSON.stringify(decided));
