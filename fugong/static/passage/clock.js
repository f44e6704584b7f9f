// The server's time on a phone whose own clock may be anybody's. Milliseconds since 1970 UTC.

const KEY = "fugong-gate-clock";
// A faster answer tells the time better; after this long any answer does, since clocks drift.
const STALE = 10 * 60 * 1000;

export class Clock {
  #offset = Number(localStorage.getItem(KEY) ?? 0);
  #trip = Infinity;
  #correctedAt = -Infinity;

  // By an answer that carried `time`; the request left at `sent` and its answer came at `came` of this phone.
  correct(time, sent, came) {
    const trip = came - sent;
    const isStale = came - this.#correctedAt > STALE || came < this.#correctedAt;
    if (!Number.isFinite(time) || (trip > this.#trip && !isStale)) return;
    this.#offset = time + trip / 2 - came;
    this.#trip = trip;
    this.#correctedAt = came;
    localStorage.setItem(KEY, String(this.#offset));
  }

  get now() {
    return Date.now() + this.#offset;
  }

  get seconds() {
    return this.now / 1000;
  }

  get microseconds() {
    return Math.round(this.now * 1000);
  }

  // By how much this phone's own clock differs.
  get offset() {
    return this.#offset;
  }
}
