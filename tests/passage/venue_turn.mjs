// Makes the codes of screens as their pages do: [[key, turn], …], keys in hexadecimal.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { turnOf } = await import(pathToFileURL(`${process.argv[2]}/venue_turn.js`).href);
const given = JSON.parse(readFileSync(0, "utf8"));
const made = [];
for (const [key, turn] of given) made.push(await turnOf(new Uint8Array(Buffer.from(key, "hex")), turn));
console.log(JSON.stringify(made));
