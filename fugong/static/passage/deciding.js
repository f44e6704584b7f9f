// Whether somebody may pass: the twin of fugong/passage/rules/deciding.py, held to it case by case.
//
// A verdict is [answer, reason]. `rules` and `known` are what Python's GateRules and Known are, by the same
// names. Moments are seconds since 1970 UTC.

import { Answer, Reason, SubjectKind } from "./choices.js";

const DAY = 86400;
// Seconds by which the clocks of China are ahead of UTC, all year.
const LOCAL = 8 * 3600;
const MINUTES = 1440;

export const FREE = Object.freeze([Answer.ALLOW, Reason.FREE]);
const NO_FILE = Object.freeze([Answer.ASK, Reason.NO_FILE]);
const FEVER = Object.freeze([Answer.STOP, Reason.FEVER]);
const OTHER_ENTERPRISE = Object.freeze([Answer.ASK, Reason.OTHER_ENTERPRISE]);
export const LEVEL_UNKNOWN = Object.freeze([Answer.ASK, Reason.LEVEL_UNKNOWN]);
const NO_TEST = Object.freeze([Answer.ASK, Reason.NO_TEST]);
const NOT_IN_LOOP = Object.freeze([Answer.STOP, Reason.NOT_IN_LOOP]);
const CREW_HOURS = Object.freeze([Answer.ASK, Reason.CREW_HOURS]);
const WINDOW = Object.freeze([Answer.STOP, Reason.WINDOW]);
const NO_PASS = Object.freeze([Answer.ASK, Reason.NO_PASS]);

export const stricter = (one, other) => (one[0] >= other[0] ? one : other);

export function decide(rules, known, now, temperature = null) {
  let verdict = standing(rules, known, now);
  if (known && known.kind === SubjectKind.PERSON) {
    verdict = stricter(verdict, carried(rules, known.place, known.hours, now));
  }
  return stricter(verdict, fever(rules, temperature));
}

export function standing(rules, known, now) {
  if (!known) return NO_FILE;
  if (known.kind !== SubjectKind.PERSON) return byWindow(rules, known, now);
  let verdict = byLevel(rules, levelAt(known, now));
  if (rules.test_hours !== null && !isTested(known.tested_at, rules.test_hours, now)) {
    verdict = stricter(verdict, NO_TEST);
  }
  if (rules.loop && known.loop !== rules.loop) verdict = stricter(verdict, NOT_IN_LOOP);
  return verdict;
}

export function carried(rules, place, hours, now) {
  let verdict = rules.place && place !== rules.place ? OTHER_ENTERPRISE : FREE;
  if (rules.shift_margin !== null && !isInHours(hours, rules.shift_margin, now)) {
    verdict = stricter(verdict, CREW_HOURS);
  }
  return verdict;
}

export function fever(rules, temperature) {
  const isMeasured = rules.fever_from !== null && temperature !== null;
  return isMeasured && temperature >= rules.fever_from ? FEVER : FREE;
}

const levelAt = (known, now) => (known.until === null || now < known.until ? known.level : known.lapses_to);

function byLevel(rules, level) {
  if (!Object.hasOwn(rules.levels, level)) return LEVEL_UNKNOWN;
  const answer = rules.levels[level];
  return answer === Answer.ALLOW ? FREE : [answer, Reason.LEVEL];
}

function byWindow(rules, known, now) {
  const isVisitor = known.kind === SubjectKind.VISITOR;
  if (known.window === null) return NO_PASS;
  if (!(known.window[0] <= now && now < known.window[1])) return isVisitor ? WINDOW : NO_PASS;
  const answer = isVisitor ? rules.visitors : rules.vehicles;
  const reason = isVisitor ? Reason.WINDOW : Reason.NO_PASS;
  let verdict = answer === Answer.ALLOW ? FREE : [answer, reason];
  if (rules.place && rules.place !== known.place) verdict = stricter(OTHER_ENTERPRISE, verdict);
  return known.level ? stricter(verdict, byLevel(rules, levelAt(known, now))) : verdict;
}

const isTested = (testedAt, hours, now) => testedAt !== null && now < testedAt + hours * 3600;

function isInHours(hours, margin, now) {
  if (hours === null) return false;
  const length = modulo(hours[1] - hours[0], MINUTES) + 2 * margin;
  const minute = Math.floor(Math.floor(modulo(now + LOCAL, DAY)) / 60);
  return modulo(minute - hours[0] + margin, MINUTES) <= length;
}

// The rest has the sign of the divisor, as in Python.
const modulo = (number, divisor) => ((number % divisor) + divisor) % divisor;
