"""Whether somebody may pass: one definition for the server and for the phone that has lost its network.

A closed form, not CEL: a phone must come to the same answer by the same list. The twin in JavaScript is held
to it by the same table of cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from fugong.passage.choices import Answer, Reason

Verdict: TypeAlias = tuple[Answer, Reason]
FREE: Final[Verdict] = (Answer.ALLOW, Reason.FREE)
NO_FILE: Final[Verdict] = (Answer.ASK, Reason.NO_FILE)
FEVER: Final[Verdict] = (Answer.STOP, Reason.FEVER)
OTHER_ENTERPRISE: Final[Verdict] = (Answer.ASK, Reason.OTHER_ENTERPRISE)
LEVEL_UNKNOWN: Final[Verdict] = (Answer.ASK, Reason.LEVEL_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Known:
    """What a gate has to know of a person. Past `until` the level reads `lapses_to`, computed or not."""

    level: str
    until: float | None
    """Seconds since 1970 UTC; None: until something happens."""
    lapses_to: str
    places: frozenset[int] = frozenset()
    """Numbers of the enterprises, as gates know them, where the person works."""

    def level_at(self, now: float) -> str:
        return self.level if self.until is None or now < self.until else self.lapses_to


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the playbook asks for at one gate. `levels` names all levels it knows; another one is asked."""

    levels: Mapping[str, Answer] = field(default_factory=dict)
    place: int | None = None
    """Only those who work at this enterprise pass unasked."""
    fever_from: int | None = None
    """Tenths of a degree Celsius."""


def decide(rules: GateRules, known: Known | None, *, now: float, temperature: int | None = None) -> Verdict:
    """The strictest of all that is asked for; of equals the first, in the order in which they stand here.

    `now` is in seconds since 1970 UTC, `temperature` in tenths of a degree. Never ALLOW for want of a record.
    """
    if known is None:
        verdict = NO_FILE
    else:
        answer = rules.levels.get(known.level_at(now))
        if answer is None:
            verdict = LEVEL_UNKNOWN
        else:
            verdict = FREE if answer is Answer.ALLOW else (answer, Reason.LEVEL)
        if rules.place is not None and rules.place not in known.places:
            verdict = _stricter(verdict, OTHER_ENTERPRISE)
    if rules.fever_from is not None and temperature is not None and temperature >= rules.fever_from:
        verdict = _stricter(verdict, FEVER)
    return verdict


def _stricter(one: Verdict, other: Verdict) -> Verdict:
    return one if one[0] >= other[0] else other
