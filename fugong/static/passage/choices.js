// The words of gates by their numbers, as fugong/passage/choices.py has them; a test holds both together.

export const Answer = Object.freeze({ ALLOW: 1, ASK: 2, STOP: 3 });

export const Reason = Object.freeze({
  FREE: 0,
  UNKNOWN_CODE: 1,
  MALFORMED: 2,
  FORGED: 3,
  EXPIRED: 4,
  OLD: 5,
  EARLY: 6,
  REVOKED: 7,
  NO_FILE: 8,
  LEVEL: 9,
  LEVEL_UNKNOWN: 10,
  FEVER: 11,
  OTHER_ENTERPRISE: 12,
  CREW_HOURS: 13,
  WINDOW: 14,
  NO_PASS: 15,
  GATE_CLOSED: 16,
  NO_TEST: 17,
  NOT_IN_LOOP: 18,
  NOT_ON_THE_SPOT: 19,
  USED_ELSEWHERE: 20,
});

export const Direction = Object.freeze({ IN: 1, OUT: 2 });

export const SubjectKind = Object.freeze({ UNKNOWN: 0, PERSON: 1, VISITOR: 2, VEHICLE: 3 });
