"""Whether somebody may pass: one definition for the server and for the phone that has lost its network.

A closed form, not CEL: a phone must come to the same answer by the same list. The twin in JavaScript is held
to it by the same table of cases. What only the server knows (`standing`) and what the code itself carries
(`carried`) are apart: a phone without a network has the first as steps in time (`restrictions`), the second
from the code, and comes to the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from fugong.passage.choices import Answer, Reason, SubjectKind

Verdict: TypeAlias = tuple[Answer, Reason]
Hours: TypeAlias = tuple[int, int]
FREE: Final[Verdict] = (Answer.ALLOW, Reason.FREE)
NO_FILE: Final[Verdict] = (Answer.ASK, Reason.NO_FILE)
FEVER: Final[Verdict] = (Answer.STOP, Reason.FEVER)
OTHER_ENTERPRISE: Final[Verdict] = (Answer.ASK, Reason.OTHER_ENTERPRISE)
LEVEL_UNKNOWN: Final[Verdict] = (Answer.ASK, Reason.LEVEL_UNKNOWN)
NO_TEST: Final[Verdict] = (Answer.ASK, Reason.NO_TEST)
NOT_IN_LOOP: Final[Verdict] = (Answer.STOP, Reason.NOT_IN_LOOP)
CREW_HOURS: Final[Verdict] = (Answer.ASK, Reason.CREW_HOURS)
WINDOW: Final[Verdict] = (Answer.STOP, Reason.WINDOW)
NO_PASS: Final[Verdict] = (Answer.ASK, Reason.NO_PASS)
DAY: Final = 86_400
# Members of enumerations are looked up slowly, and this is asked tens of thousands of times a second.
_PERSON: Final = SubjectKind.PERSON
_ALLOW: Final = Answer.ALLOW
LOCAL: Final = 8 * 3600
"""Seconds by which the clocks of China are ahead of UTC, all year."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a gate has to know of somebody. All moments are seconds since 1970 UTC.

    Past `until` the level reads `lapses_to`, computed or not; None: it holds until something happens.
    A visitor or a vehicle has a `window`; `place` is then the host's or the holder's. A visitor who has a
    file here has its level too.
    """

    level: str = ""
    until: float | None = None
    lapses_to: str = ""
    place: int = 0
    hours: Hours | None = None
    tested_at: float | None = None
    loop: int = 0
    kind: SubjectKind = SubjectKind.PERSON
    window: tuple[float, float] | None = None

    def level_at(self, now: float) -> str:
        return self.level if self.until is None or now < self.until else self.lapses_to


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the playbook asks for at one gate. `levels` names all levels it knows; another one is asked."""

    levels: Mapping[str, Answer] = field(default_factory=dict)
    place: int = 0
    """Only those who work at this enterprise pass unasked; 0: anybody."""
    fever_from: int | None = None
    """Tenths of a degree Celsius."""
    test_hours: int | None = None
    """A test may be so old."""
    shift_margin: int | None = None
    """Minutes before and after the hours of the own shift; None: any hour."""
    loop: int = 0
    """Only members of this closed loop; 0: anybody."""
    visitors: Answer = Answer.ASK
    """What a visitor within the window is answered."""
    vehicles: Answer = Answer.ALLOW
    """What a vehicle with a valid pass is answered; one without is asked."""


def decide(rules: GateRules, known: Known | None, *, now: float, temperature: int | None = None) -> Verdict:
    """The strictest of all that is asked for; of equals the first, in the order in which they stand here.

    `now` is in seconds since 1970 UTC, `temperature` in tenths of a degree. Never ALLOW for want of a record.
    """
    verdict = standing(rules, known, now=now)
    if known is not None and known.kind is _PERSON and (rules.place or rules.shift_margin is not None):
        verdict = stricter(verdict, carried(rules, known.place, known.hours, now=now))
    return verdict if temperature is None else stricter(verdict, fever(rules, temperature))


def standing(rules: GateRules, known: Known | None, *, now: float) -> Verdict:
    """By what only the server knows: level, test, loop; window and pass of those who have no level."""
    if known is None:
        return NO_FILE
    if known.kind is not _PERSON:
        return _by_window(rules, known, now=now)
    verdict = _by_level(rules, known.level_at(now))
    if rules.test_hours is not None and not _is_tested(known.tested_at, rules.test_hours, now):
        verdict = stricter(verdict, NO_TEST)
    if rules.loop and known.loop != rules.loop:
        verdict = stricter(verdict, NOT_IN_LOOP)
    return verdict


def carried(rules: GateRules, place: int, hours: Hours | None, *, now: float) -> Verdict:
    """By what the code itself says of its holder."""
    verdict = FREE
    if rules.place and place != rules.place:
        verdict = OTHER_ENTERPRISE
    if rules.shift_margin is not None and not _in_hours(hours, rules.shift_margin, now):
        verdict = stricter(verdict, CREW_HOURS)
    return verdict


def fever(rules: GateRules, temperature: int | None) -> Verdict:
    """Nothing measured is nothing found: whether it must be measured is the guard's order, not the gate's."""
    if rules.fever_from is not None and temperature is not None and temperature >= rules.fever_from:
        return FEVER
    return FREE


def stricter(one: Verdict, other: Verdict) -> Verdict:
    return one if one[0] >= other[0] else other


def _by_level(rules: GateRules, level: str) -> Verdict:
    answer = rules.levels.get(level)
    if answer is None:
        return LEVEL_UNKNOWN
    return FREE if answer is _ALLOW else (answer, Reason.LEVEL)


def _by_window(rules: GateRules, known: Known, *, now: float) -> Verdict:
    is_visitor = known.kind is SubjectKind.VISITOR
    if known.window is None:
        return NO_PASS
    if not known.window[0] <= now < known.window[1]:
        return WINDOW if is_visitor else NO_PASS
    answer = rules.visitors if is_visitor else rules.vehicles
    reason = Reason.WINDOW if is_visitor else Reason.NO_PASS
    verdict = FREE if answer is Answer.ALLOW else (answer, reason)
    if rules.place not in (0, known.place):
        verdict = stricter(OTHER_ENTERPRISE, verdict)
    return stricter(verdict, _by_level(rules, known.level_at(now))) if known.level else verdict


def _is_tested(tested_at: float | None, hours: int, now: float) -> bool:
    return tested_at is not None and now < tested_at + hours * 3600


def _in_hours(hours: Hours | None, margin: int, now: float) -> bool:
    """Without hours on record no hour is the shift's."""
    if hours is None:
        return False
    length = (hours[1] - hours[0]) % 1440 + 2 * margin
    minute = int((now + LOCAL) % DAY) // 60
    return (minute - hours[0] + margin) % 1440 <= length
