// Scans that the server does not hold yet, sent until it does: any number of times, since it stores each once.

import { NotKnown, NotTaken, Away } from "./server.js";
import { fitting, sorted } from "./scans.js";

const AT_ONCE = 100;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
// A phone that was paired a second ago, or a server that has just begun, is given so long before "not known" is
// believed: what a phone knows is quickly thrown away, and not quickly back.
const DOUBT = 8000;

// Tells by "change" events that `kept`, `isAway` or `isKnown` may be another.
export class Queue extends EventTarget {
  #store;
  #server;
  #asking = new Set();
  #timer = 0;
  #pause = FIRST_PAUSE;
  #isSending = false;
  #doubtedAt = null;
  kept = 0;
  isAway = false;
  isKnown = true;

  constructor(store) {
    super();
    this.#store = store;
  }

  // With the next pairing all that was kept is sent by the new token.
  serve(server) {
    this.#server = server;
    this.isKnown = true;
    this.#doubtedAt = null;
    this.#pause = FIRST_PAUSE;
    return this.#look().then(() => this.kick());
  }

  // Before anything is asked of the network. While `isAsking` it is not sent a second time by the queue.
  async keep(scan, { isAsking = false } = {}) {
    if (isAsking) this.#asking.add(scan.nonce);
    else this.#asking.delete(scan.nonce);
    await this.#store.keep(scan);
    await this.#look();
    // A pause that the server asked for is kept.
    if (!isAsking && !this.#timer) this.kick();
  }

  async settle(outcome) {
    for (const nonce of outcome.done) this.#asking.delete(nonce);
    for (const { nonce } of outcome.apart) this.#asking.delete(nonce);
    await this.#store.settle(outcome);
    await this.#look();
  }

  met(error) {
    const now = performance.now();
    if (error instanceof NotKnown) {
      this.#doubtedAt ??= now;
      this.isKnown = now - this.#doubtedAt < DOUBT;
    }
    this.isAway = isPassing(error);
    this.#tell();
  }

  // All is well with the network: what waits is sent now.
  reached() {
    this.#heard();
    this.kick();
  }

  #heard() {
    this.#doubtedAt = null;
    this.#pause = FIRST_PAUSE;
    if (this.isAway) {
      this.isAway = false;
      this.#tell();
    }
  }

  kick() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#isSending && this.#server && this.isKnown) this.#send();
  }

  async #send() {
    this.#isSending = true;
    let wait = null;
    try {
      while (await this.#sendSome());
    } catch (error) {
      this.met(error);
      if (!isPassing(error)) throw error;
      wait = this.#nextPause((error.retryAfter ?? 0) * 1000);
    } finally {
      this.#isSending = false;
      if (wait !== null && this.isKnown) this.#timer = setTimeout(() => this.kick(), wait);
    }
  }

  async #sendSome() {
    const found = await this.#store.kept(AT_ONCE + this.#asking.size);
    const batch = fitting(found.filter((scan) => !this.#asking.has(scan.nonce)));
    if (!batch.length) return false;
    const outcome = await this.#sent(batch);
    await this.settle(outcome);
    this.#heard();
    if (outcome.done.length + outcome.apart.length === 0) throw new Away("nothing was kept");
    return true;
  }

  // A batch that is refused whole is sent one by one: only the faulty scan is set apart.
  async #sent(batch) {
    try {
      return sorted(batch, await this.#server.scans(batch));
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      if (batch.length === 1) {
        const [scan] = batch;
        return { done: [], apart: [{ nonce: scan.nonce, scan, fault: error.fault }] };
      }
    }
    const outcome = { done: [], apart: [] };
    for (const scan of batch) {
      const { done, apart } = await this.#sent([scan]);
      outcome.done.push(...done);
      outcome.apart.push(...apart);
    }
    return outcome;
  }

  #nextPause(least) {
    const pause = Math.max(least, this.#pause * (0.5 + Math.random()));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    return pause;
  }

  async #look() {
    this.kept = await this.#store.countKept();
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

const isPassing = (error) => error instanceof Away || error instanceof NotKnown;
