"""Words of gates. Their numbers are stored by the million and held by phones: they are never given anew."""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Answer(IntEnum):
    """Sorted: of several, the higher one counts."""

    ALLOW = 1
    ASK = 2
    STOP = 3


class Reason(IntEnum):
    """Why: the sentence to each stands in the pages' languages."""

    FREE = 0
    UNKNOWN_CODE = 1
    MALFORMED = 2
    FORGED = 3
    EXPIRED = 4
    OLD = 5
    EARLY = 6
    REVOKED = 7
    NO_FILE = 8
    LEVEL = 9
    LEVEL_UNKNOWN = 10
    FEVER = 11
    OTHER_ENTERPRISE = 12
    CREW_HOURS = 13
    WINDOW = 14
    NO_PASS = 15
    GATE_CLOSED = 16
    NO_TEST = 17
    NOT_IN_LOOP = 18
    NOT_ON_THE_SPOT = 19
    USED_ELSEWHERE = 20


class Direction(IntEnum):
    IN = 1
    OUT = 2


class Way(IntEnum):
    """By what somebody was known at the gate."""

    LIVE_CODE = 1
    OFFLINE_CODE = 2
    CARD = 3
    NUMBER = 4
    VENUE = 5
    PLATE = 6
    BY_HAND = 7


class SubjectKind(IntEnum):
    UNKNOWN = 0
    PERSON = 1
    VISITOR = 2
    VEHICLE = 3


class Flag(IntFlag):
    FORCED = 1
    """Went through against the answer: a fact of its own, whoever let it happen."""
    NOT_SHOWN_TO_BE_THERE = 2
    """A venue scanned without the check on the spot: kept, and never counted as presence."""
    MISDATED = 4
    """The device's clock said what cannot be: kept at the moment it was received."""
    DECIDED_OFFLINE = 8
    CONFLICT = 16
    """The device let pass, or stopped, somebody whom the server would have answered otherwise."""
