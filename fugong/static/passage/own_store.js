// What a phone keeps of the people on it: one record a person, under the mark that names him or her on this
// phone. Keys that the browser made cannot be read out of it, not even by this page.

const NAME = "fugong-own-code";
const PEOPLE = "people";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(PEOPLE, { keyPath: "mark" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function run(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(PEOPLE, mode);
      const asked = act(transaction.objectStore(PEOPLE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const everybody = () => run("readonly", (people) => people.getAll());

export const keep = (person) => run("readwrite", (people) => people.put(person));

export const forget = (mark) => run("readwrite", (people) => people.delete(mark));
