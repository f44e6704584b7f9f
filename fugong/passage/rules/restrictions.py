"""What a phone at a gate holds to decide by itself: restrictions only, under names of no use elsewhere.

Whoever is not listed stands free as far as the server knew when the list was made. A list is good until its
horizon; past it a phone asks for everybody.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from fugong.passage.choices import Answer, Reason
from fugong.passage.rules.deciding import (
    FREE,
    GateRules,
    Hours,
    Known,
    Verdict,
    carried,
    fever,
    standing,
    stricter,
)

Step: TypeAlias = tuple[int, int, int]
"""From this second since 1970 UTC on: answer, reason."""
NAME_BYTES: Final = 8
LIST_TOO_OLD: Final[Verdict] = (Answer.ASK, Reason.LEVEL_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Listed:
    """All that a phone knows of a gate's people, from `since` to `until` (seconds since 1970 UTC)."""

    since: int
    until: int
    steps: dict[str, tuple[Step, ...]]
    """By `name_of`. Somebody free all the time is not here."""


def name_of(key: bytes, person: UUID) -> str:
    """`key` is the device's own: the same person has another name on each device, and none without it."""
    return hmac.digest(key, person.bytes, "sha256")[:NAME_BYTES].hex()


def steps_of(rules: GateRules, known: Known | None, *, since: int, until: int) -> tuple[Step, ...]:
    """The verdicts by `standing` from `since` until before `until`; nothing where it is FREE throughout."""
    moments = sorted({since, *(each for each in _turns(rules, known) if since < each < until)})
    steps: list[Step] = []
    for moment in moments:
        answer, reason = standing(rules, known, now=moment)
        if not steps or steps[-1][1:] != (answer, reason):
            steps.append((moment, int(answer), int(reason)))
    return () if [step[1:] for step in steps] == [FREE] else tuple(steps)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a code says of its holder."""

    name: str
    """By `name_of`."""
    place: int = 0
    hours: Hours | None = None


def decide_by_list(
    rules: GateRules, listed: Listed, shown: Shown, *, now: float, temperature: int | None = None
) -> Verdict:
    """As `deciding.decide` would, with a code that carries what is on record. The twin is the phone's."""
    is_good = listed.since <= now < listed.until
    verdict = _at(listed.steps.get(shown.name, ()), now) if is_good else LIST_TOO_OLD
    verdict = stricter(verdict, carried(rules, shown.place, shown.hours, now=now))
    return stricter(verdict, fever(rules, temperature))


def _at(steps: tuple[Step, ...], now: float) -> Verdict:
    verdict = FREE
    for moment, answer, reason in steps:
        if moment <= now:
            verdict = (Answer(answer), Reason(reason))
    return verdict


def _turns(rules: GateRules, known: Known | None) -> list[int]:
    """Whole seconds from which on `standing` may say something else."""
    if known is None:
        return []
    ends: list[float | None] = [known.until, *(known.window or ())]
    if rules.test_hours is not None and known.tested_at is not None:
        ends.append(known.tested_at + rules.test_hours * 3600)
    return [-int(-end // 1) for end in ends if end is not None]
