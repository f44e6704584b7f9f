// The gate's work without its screen: asks the server, decides alone where there is none, and loses no scan.

import { Answer, Reason } from "./choices.js";
import { knowledgeOf } from "./knowledge.js";
import { newScan } from "./scans.js";
import { Away, NotKnown, NotTaken, Server } from "./server.js";

// Milliseconds: nobody waits longer at a gate for a network that may not be there.
const PATIENCE = 1500;
const AGAIN = [1000, 2000, 5000, 10_000];
const SAVED_AFTER = 1000;
const PAIRING = "pairing";
const STATE = "state";

export class NotPaired extends Error {}

// Tells by "change" events that the pairing or the knowledge is another.
export class Gatekeeper extends EventTarget {
  #store;
  #clock;
  #queue;
  #server = null;
  #knowledge = null;
  #stream = null;
  #round = 0;
  #saving = 0;

  constructor(store, clock, queue) {
    super();
    this.#store = store;
    this.#clock = clock;
    this.#queue = queue;
    queue.addEventListener("change", () => this.#hear());
  }

  get isPaired() {
    return this.#server !== null && this.#queue.isKnown;
  }

  get knowledge() {
    return this.#knowledge;
  }

  get gates() {
    return this.#knowledge?.state.gates ?? [];
  }

  // With what the phone has kept from before.
  async begin() {
    const [pairing, state] = await Promise.all([this.#store.get(PAIRING), this.#store.get(STATE)]);
    if (state) this.#knowledge = await knowledgeOf(state);
    if (pairing) await this.#serve(pairing);
  }

  // Raises NotPaired where the code is not good, Away where nobody answers.
  async pair(code, address) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
      signal: AbortSignal.timeout(15_000),
    }).catch((error) => {
      throw new Away(error.message);
    });
    if (answer.status >= 500) throw new Away(String(answer.status));
    if (!answer.ok) throw new NotPaired();
    const pairing = await answer.json();
    await this.#store.put(PAIRING, pairing);
    await navigator.storage?.persist?.();
    await this.#serve(pairing);
  }

  async refresh() {
    const state = await this.#server.state();
    this.#knowledge = await knowledgeOf(state);
    await this.#store.put(STATE, state);
    this.#tell();
  }

  // {answer, reason, name, level, inside, by: "server" | "phone", scan}
  async scan({ gate, direction, code, temperature = null, is_forced = false }) {
    const at = this.#clock.microseconds;
    const scan = newScan({ gate, at, code, direction, temperature, is_forced });
    if (!this.isPaired || this.#queue.isAway) return this.#alone(scan);
    await this.#queue.keep(scan, { isAsking: true });
    try {
      return await this.#asked(scan);
    } catch (error) {
      if (error instanceof NotTaken) return this.#notTaken(scan, error.fault);
      this.#queue.met(error);
      return this.#alone(scan);
    }
  }

  // Somebody went through against the answer: a fact of its own, beside the scan that was answered.
  force({ scan: { gate, direction, code, temperature } }) {
    return this.scan({ gate, direction, code, temperature, is_forced: true });
  }

  async #asked(scan) {
    const told = await this.#server.scan(scan, PATIENCE);
    await this.#queue.settle({ done: [scan.nonce], apart: [] });
    this.#queue.reached();
    return { ...told, by: "server", scan };
  }

  async #notTaken(scan, fault) {
    await this.#queue.settle({ done: [], apart: [{ nonce: scan.nonce, scan, fault }] });
    return { answer: Answer.ASK, reason: Reason.LEVEL_UNKNOWN, by: "server", scan, fault };
  }

  async #alone(scan) {
    const { gate, code, temperature } = scan;
    const verdict = await this.#knowledge?.decide(gate, code, scan.at / 1e6, temperature);
    [scan.answer, scan.reason] = verdict ?? [Answer.ASK, Reason.LEVEL_UNKNOWN];
    await this.#queue.keep(scan);
    return { answer: scan.answer, reason: scan.reason, by: "phone", scan };
  }

  async #serve(pairing) {
    this.#server = new Server(pairing, this.#clock);
    await this.#queue.serve(this.#server);
    this.#tell();
    this.#follow();
  }

  // As long as this pairing holds: the state, then each change as the server tells it.
  async #follow() {
    const round = ++this.#round;
    for (let tries = 0; round === this.#round && this.isPaired; tries += 1) {
      this.#stream = new AbortController();
      try {
        await this.refresh();
        this.#queue.reached();
        for await (const change of this.#server.changes(this.#stream.signal)) {
          tries = 0;
          await this.#learn(change);
        }
      } catch (error) {
        if (!(error instanceof Away || error instanceof NotKnown || error instanceof NotTaken)) throw error;
        if (!this.#stream.signal.aborted) this.#queue.met(error);
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN[Math.min(tries, AGAIN.length - 1)]));
    }
  }

  async #learn({ event, data }) {
    // What changed between the state that was sent and the first word of the stream was told to nobody.
    const missed = event === "open" && data !== this.#knowledge?.state.version;
    if (event === "state" || missed) await this.refresh();
    if (event !== "change" || !this.#knowledge) return;
    this.#knowledge.change(data);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#store.put(STATE, this.#knowledge.state), SAVED_AFTER);
    this.#tell();
  }

  // A stream through a network that is gone may hang for minutes. A phone that is not known keeps no lists.
  #hear() {
    if (this.#queue.isAway) this.#stream?.abort();
    if (!this.#queue.isKnown && this.#server) this.#forget();
  }

  async #forget() {
    this.#round += 1;
    this.#stream?.abort();
    clearTimeout(this.#saving);
    this.#server = null;
    this.#knowledge = null;
    await Promise.all([this.#store.remove(PAIRING), this.#store.remove(STATE)]);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
