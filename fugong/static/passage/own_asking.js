// What the page asks of the server: who is on this phone, and a code for each. All of it may fail for want of
// a network, and the page goes on with what it has.

import { fromBase64Url, toBase64Url } from "./bytes.js";
import { macKeyOf } from "./codes.js";
import { makeKey } from "./signatures.js";

const PATIENCE = 8000;

export class Refused extends Error {}

async function asked(address, options = {}) {
  const response = await fetch(address, {
    ...options,
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  const said = await response.json();
  if (!response.ok) throw new Refused(said.message);
  return said;
}

// {now, csrf, people}: `people` are those for whom the phone stands, the one whose turn it is first.
export const stateAt = (address) => asked(address);

// All that makes a code: the key is made here, and only its public half is sent.
export async function issued(address, csrf, mark) {
  const key = await makeKey();
  const body = new URLSearchParams({ _as: mark, public_key: toBase64Url(key.publicKey) });
  const said = await asked(address, { method: "POST", headers: { "X-CSRFToken": csrf }, body });
  const { person, device } = said.claim;
  return {
    key,
    claim: { ...said.claim, person: fromBase64Url(person), device: fromBase64Url(device) },
    macKey: await macKeyOf(fromBase64Url(said.macKey)),
    certificate: fromBase64Url(said.certificate),
  };
}
