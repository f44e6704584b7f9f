// What is sent of scans, and what is made of the answers.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { fitting, jsonOfMany, newScan, readAnswer, sorted } = await import(
  pathToFileURL(`${process.argv[2]}/scans.js`).href
);
const { many, long, answered, text } = JSON.parse(readFileSync(0, "utf8"));
const scan = (code) => newScan({ gate: 1, at: 1651043560123456, code, direction: 1 });
const scans = Array.from({ length: many }, () => scan("FG1.码"));
const longs = Array.from({ length: many }, () => scan("码".repeat(long)));

console.log(
  JSON.stringify({
    json: jsonOfMany(fitting(scans)),
    nonces: fitting(scans).map(({ nonce }) => nonce),
    long: jsonOfMany(fitting(longs)),
    outcomes: answered.map(([kept, answers]) => sorted(kept, answers)),
    read: readAnswer(text),
  }),
);
