// Runs the modules of the gates' pages over what Python made, and prints what they say.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const module = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.js`).href);
const choices = await module("choices");
const { decide } = await module("deciding");
const { decideByList, listKey, nameOf } = await module("restrictions");
const printed = await module("printed");
const codes = await module("codes");
const { makeKey, sign } = await module("signatures");

const given = JSON.parse(readFileSync(0, "utf8"));
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text, encoding = "hex") => new Uint8Array(Buffer.from(text, encoding));
const publicKeys = Object.fromEntries(
  Object.entries(given.public ?? {}).map(([id, key]) => [id, bytes(key)]),
);

function decided({ rules, known, listed, claim, now, temperature }) {
  return [decide(rules, known, now, temperature), decideByList(rules, listed, "a", claim, now, temperature)];
}

async function read({ text, now }) {
  const code = codes.parse(text);
  if (!code) return { claim: null, faults: ["malformed", "malformed"], text: null };
  const { keyId, person, device, validUntil, place, hours } = code.claim;
  const claim = { keyId, person: hex(person), device: hex(device), validUntil, place, hours };
  return {
    claim: { ...claim, minute: code.minute, mac: hex(code.mac) },
    faults: [
      await codes.faultOffline(code, publicKeys, now, true),
      await codes.faultOffline(code, publicKeys, now, false),
    ],
    text: codes.textOf(code),
  };
}

async function readPaper({ text, now }) {
  const code = printed.parsePrinted(text);
  if (!code) return { claim: null, faults: ["malformed", "malformed"] };
  const { kind, keyId, person, device, validFrom, validUntil, place, hours } = code.claim;
  return {
    claim: { kind, keyId, person: hex(person), device: hex(device), validFrom, validUntil, place, hours },
    faults: [
      await printed.faultPrinted(code, publicKeys, now, true),
      await printed.faultPrinted(code, publicKeys, now, false),
    ],
  };
}

async function made({ claim, now, mac_key }, place) {
  const own = { ...claim, person: bytes(claim.person), device: bytes(claim.device) };
  const key = await makeKey(place % 2 === 0);
  const certificate = await sign({ secret: bytes(given.authority) }, codes.certified(own, key.publicKey));
  const macKey = await codes.macKeyOf(bytes(mac_key, "base64"));
  return [await codes.make(own, now, macKey, key, certificate), await codes.make(own, now, macKey)];
}

async function named({ key, person }) {
  return nameOf(await listKey(bytes(key)), bytes(person));
}

const all = (list, run) => Promise.all((list ?? []).map(run));
console.log(
  JSON.stringify({
    choices,
    decided: (given.cases ?? []).map(decided),
    read: await all(given.vectors, read),
    paper: await all(given.paper, readPaper),
    made: await all(given.make, made),
    named: await all(given.names, named),
  }),
);
