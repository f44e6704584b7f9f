// One scan as it is kept and sent, and what the answers to many mean.

const FIELDS = ["at", "code", "direction", "temperature", "answer", "reason", "is_forced"];
// Faults that say "not now": the same scan is sent again as it is.
const PASSING = new Set(["overloaded", "not_kept"]);

// No code of ours is longer; a stranger's QR code may hold ten times as much.
const LONGEST_CODE = 400;
// As many as the server takes, and not more bytes than it reads of one request.
const MOST_AT_ONCE = 100;
const MOST_BYTES = 60_000;

// `nonce` is text: a number of 64 bits does not fit into JavaScript's.
export function newScan({ gate, at, code, direction, temperature = null, is_forced = false }) {
  const nonce = crypto.getRandomValues(new BigInt64Array(1))[0].toString();
  return { gate, nonce, at, code: code.slice(0, LONGEST_CODE), direction, temperature, answer: 0, reason: 0, is_forced };
}

export function jsonOf(scan) {
  const rest = FIELDS.map((name) => `"${name}":${JSON.stringify(scan[name])}`).join(",");
  return `{"gate":${scan.gate},"nonce":${scan.nonce},${rest}}`;
}

// How many of these go in one request.
export function fitting(scans) {
  let bytes = 0;
  const count = scans.slice(0, MOST_AT_ONCE).findIndex((scan) => {
    bytes += new TextEncoder().encode(jsonOf(scan)).length + 1;
    return bytes > MOST_BYTES;
  });
  return scans.slice(0, count === -1 ? MOST_AT_ONCE : Math.max(1, count));
}

export const jsonOfMany = (scans) => `{"scans":[${scans.map(jsonOf).join(",")}]}`;

// Nonces become text before they can lose a digit. Inside a string quotes are escaped, so this finds no other.
export const readAnswer = (text) => JSON.parse(text.replace(/"nonce":\s*(-?\d+)/g, '"nonce":"$1"'));

// What to do after the `answers` to `scans`, each in its place: `done` are nonces that the server holds,
// `apart` entries for the list of conflicts; what is in neither is sent again.
export function sorted(scans, answers) {
  const done = [];
  const apart = [];
  for (const [place, scan] of scans.entries()) {
    const told = answers[place];
    if (isFault(told)) {
      if (!PASSING.has(told.code)) apart.push({ nonce: scan.nonce, scan, fault: told });
    } else if (told?.nonce === scan.nonce) {
      if (isConflict(scan, told)) apart.push({ nonce: scan.nonce, scan, told });
      else done.push(scan.nonce);
    }
  }
  return { done, apart };
}

const isFault = (told) => typeof told?.code === "string" && typeof told.message === "string";

// Decided on the phone, and the server would have answered otherwise.
const isConflict = (scan, told) => scan.answer !== 0 && told.answer !== scan.answer;
