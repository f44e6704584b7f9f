// What this phone knows for the case that it must decide alone, as the gate process last told it.

import { Answer, Reason } from "./choices.js";
import { fromBase64Url, joined } from "./bytes.js";
import { Fault, faultOffline, parse } from "./codes.js";
import { fever, stricter } from "./deciding.js";
import { faultPrinted, parsePrinted } from "./printed.js";
import { decideByList, listKey, nameOf } from "./restrictions.js";

const REASON_OF = {
  [Fault.MALFORMED]: Reason.MALFORMED,
  [Fault.UNKNOWN_KEY]: Reason.UNKNOWN_CODE,
  [Fault.FORGED]: Reason.FORGED,
  [Fault.EXPIRED]: Reason.EXPIRED,
  [Fault.OLD]: Reason.OLD,
  [Fault.EARLY]: Reason.EARLY,
};
const NOTHING_KNOWN = [Answer.ASK, Reason.LEVEL_UNKNOWN];
// A number or a plate typed by hand stands on no list: names on lists are of codes.
const BY_HAND = [Answer.ASK, Reason.NO_FILE];
const LONGEST_TYPED = 24;

export async function knowledgeOf(state) {
  const keys = Object.entries(state.keys).map(([id, key]) => [id, fromBase64Url(key)]);
  return new Knowledge(state, Object.fromEntries(keys), await listKey(fromBase64Url(state.list_key)));
}

class Knowledge {
  #keys;
  #listKey;
  #revoked;

  constructor(state, keys, key) {
    this.state = state;
    this.#keys = keys;
    this.#listKey = key;
    this.#revoked = new Set(state.revoked);
  }

  gate(number) {
    return this.state.gates.find((gate) => gate.number === number) ?? null;
  }

  async decide(number, text, seconds, temperature) {
    const gate = this.gate(number);
    if (!gate) return NOTHING_KNOWN;
    if (!gate.is_open) return [Answer.STOP, Reason.GATE_CLOSED];
    if (!text.startsWith("FG") && text.length <= LONGEST_TYPED) {
      return stricter(BY_HAND, fever(gate.rules, temperature));
    }
    const { fault, claim } = await this.#read(text, seconds);
    if (fault) return [Answer.STOP, REASON_OF[fault]];
    if (await this.#isRevoked(claim)) return [Answer.STOP, Reason.REVOKED];
    const { since, until } = this.state;
    const listed = { since, until, steps: this.state.lists[number] ?? {} };
    return decideByList(gate.rules, listed, await nameOf(this.#listKey, claim.person), claim, seconds, temperature);
  }

  async #read(text, seconds) {
    const live = parse(text);
    if (live) return { fault: await faultOffline(live, this.#keys, seconds), claim: live.claim };
    const paper = parsePrinted(text);
    if (paper) return { fault: await faultPrinted(paper, this.#keys, seconds), claim: paper.claim };
    return { fault: Fault.MALFORMED };
  }

  async #isRevoked({ person, device }) {
    return this.#revoked.has(await nameOf(this.#listKey, joined(person, device)));
  }

  // One person's steps at one gate are others now; none: free.
  change({ gate, name, steps }) {
    const list = (this.state.lists[gate] ??= {});
    if (steps.length) list[name] = steps;
    else delete list[name];
  }

  isOfNow(seconds) {
    return this.state.since <= seconds && seconds < this.state.until;
  }

  get counts() {
    return {
      keys: Object.keys(this.#keys).length,
      levels: Object.keys(this.state.levels).length,
      revoked: this.#revoked.size,
    };
  }
}
