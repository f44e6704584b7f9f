// The gate process as the phone sees it.

import { jsonOf, jsonOfMany, readAnswer } from "./scans.js";

// The network is gone, the server is busy or broken: later, and meanwhile the phone decides.
export class Away extends Error {
  constructor(message, retryAfter = 0) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

// This device's token means nothing to the server (any more).
export class NotKnown extends Error {}

// The server will never take what was sent.
export class NotTaken extends Error {
  constructor(fault) {
    super(fault.message);
    this.fault = fault;
  }
}

const SILENCE = 45_000;
const NEVER = new Set([400, 413, 415, 422]);

export class Server {
  #address;
  #token;
  #clock;

  constructor({ address, token }, clock) {
    this.#address = address;
    this.#token = token;
    this.#clock = clock;
  }

  async state(patience = 15_000) {
    return readable(await this.#asked("/gate/state", { patience }));
  }

  async scan(scan, patience) {
    const told = await readable(await this.#asked("/gate/scan", { body: jsonOf(scan), patience }));
    if (told.nonce !== scan.nonce) throw new Away("the answer to something else");
    return told;
  }

  async scans(scans, patience = 20_000) {
    const told = await readable(await this.#asked("/gate/scans", { body: jsonOfMany(scans), patience }));
    if (!Array.isArray(told.scans)) throw new Away("the answer to something else");
    return told.scans;
  }

  // What the server tells by itself: {event, data}. Ends or raises Away when the connection does.
  async *changes(signal) {
    const answer = await this.#asked("/gate/stream", { signal });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    try {
      for (;;) {
        const { done, value } = await within(SILENCE, reader.read());
        if (done) return;
        const parts = (text + value.replaceAll("\r\n", "\n")).split("\n\n");
        text = parts.pop();
        for (const part of parts) yield* eventsOf(part);
      }
    } catch (error) {
      throw new Away(error.message);
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  async #asked(path, { body, patience, signal }) {
    const sent = Date.now();
    const answer = await fetch(this.#address + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${this.#token}` },
      body,
      cache: "no-store",
      credentials: "omit",
      signal: signal ?? AbortSignal.timeout(patience),
    }).catch((error) => {
      throw new Away(error.message);
    });
    const time = answer.headers.get("Fugong-Time");
    if (time) this.#clock.correct(Number(time), sent, Date.now());
    if (answer.ok) return answer;
    throw await problemOf(answer);
  }
}

// The server says something every 15 seconds, if only that it is there.
function within(patience, promise) {
  let timer = 0;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Away("nothing is heard")), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// A network that asks to sign in first answers 200 with a page of its own.
async function readable(answer) {
  try {
    return readAnswer(await answer.text());
  } catch (error) {
    throw new Away(error.message);
  }
}

async function problemOf(answer) {
  if (answer.status === 401) return new NotKnown();
  if (NEVER.has(answer.status)) {
    const message = String(answer.status);
    return new NotTaken(await answer.json().catch(() => ({ code: message, message, field: "" })));
  }
  return new Away(String(answer.status), Number(answer.headers.get("Retry-After")) || 0);
}

function* eventsOf(part) {
  const lines = part.split("\n");
  const after = (name) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart());
  const [event] = after("event");
  const data = after("data").join("\n");
  if (event) yield { event, data: data ? JSON.parse(data) : null };
}
