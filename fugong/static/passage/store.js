// What stays on this phone when the page is closed: the pairing, what the gate knows, scans not sent yet, and
// scans set apart for somebody to look at.

const NAME = "fugong-gate";
const KEPT = "kept";
const APART = "apart";
const THINGS = "things";

export async function openStore(name = NAME) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEPT, { keyPath: "nonce" }).createIndex("at", "at");
    request.result.createObjectStore(APART, { keyPath: "nonce" });
    request.result.createObjectStore(THINGS);
  };
  return new Store(await answerOf(request));
}

class Store {
  #database;

  constructor(database) {
    this.#database = database;
  }

  get(name) {
    return answerOf(this.#read(THINGS).get(name));
  }

  put(name, value) {
    return this.#write([THINGS], (things) => things.put(value, name));
  }

  remove(name) {
    return this.#write([THINGS], (things) => things.delete(name));
  }

  // On the disk when the promise is kept: a scan outlives a phone whose battery is pulled.
  keep(scan) {
    return this.#write([KEPT], (kept) => kept.put(scan));
  }

  // The oldest first.
  kept(most) {
    return answerOf(this.#read(KEPT).index("at").getAll(null, most));
  }

  countKept() {
    return answerOf(this.#read(KEPT).count());
  }

  // In one piece: what is set apart is never in neither place.
  settle({ done, apart }) {
    return this.#write([KEPT, APART], (kept, aside) => {
      for (const nonce of done) kept.delete(nonce);
      for (const entry of apart) {
        aside.put(entry);
        kept.delete(entry.nonce);
      }
    });
  }

  apart() {
    return answerOf(this.#read(APART).getAll());
  }

  dismiss(nonce) {
    return this.#write([APART], (aside) => aside.delete(nonce));
  }

  #read(name) {
    return this.#database.transaction(name).objectStore(name);
  }

  #write(names, change) {
    const transaction = this.#database.transaction(names, "readwrite", { durability: "strict" });
    change(...names.map((name) => transaction.objectStore(name)));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
