"""What a phone at a gate decides by alone: restrictions only, under names that mean nothing elsewhere.

Whoever is not listed stands free as far as the server knew when the list was made. A list is good until its
horizon; past it a phone asks for everybody.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from fugong.passage.choices import Answer, Reason, SubjectKind
from fugong.passage.rules.codes import Claim
from fugong.passage.rules.deciding import (
    FREE,
    GateRules,
    Known,
    Verdict,
    carried,
    fever,
    standing,
    stricter,
)
from fugong.passage.rules.printed import Printed

Step: TypeAlias = tuple[float, int, int]
"""From this moment on, in seconds since 1970 UTC: answer, reason."""
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
    return name_in_list(key, person.bytes)


def name_in_list(key: bytes, subject: bytes) -> str:
    """As `name_of`, of the bytes of a person, or of a person and the phone or card that is lost."""
    return hmac.digest(key, subject, "sha256")[:NAME_BYTES].hex()


def steps_of(rules: GateRules, known: Known | None, *, since: int, until: int) -> tuple[Step, ...]:
    """The verdicts by `standing` from `since` until before `until`; nothing where it is FREE throughout."""
    moments = sorted({since, *(each for each in _turns(rules, known) if since < each < until)})
    steps: list[Step] = []
    for moment in moments:
        answer, reason = standing(rules, known, now=moment)
        if not steps or steps[-1][1:] != (answer, reason):
            steps.append((moment, int(answer), int(reason)))
    return () if [step[1:] for step in steps] == [FREE] else tuple(steps)


def decide_by_list(
    rules: GateRules,
    listed: Listed,
    name: str,
    claim: Claim | Printed,
    *,
    now: float,
    temperature: int | None = None,
) -> Verdict:
    """As `deciding.decide` would, with a code that carries what is on record. The twin is the phone's."""
    is_of_now = listed.since <= now < listed.until
    verdict = _at(listed.steps.get(name, ()), now) if is_of_now else LIST_TOO_OLD
    if not (isinstance(claim, Printed) and claim.kind is not SubjectKind.PERSON):
        verdict = stricter(verdict, carried(rules, claim.place, claim.hours, now=now))
    return stricter(verdict, fever(rules, temperature))


def _at(steps: tuple[Step, ...], now: float) -> Verdict:
    verdict = FREE
    for moment, answer, reason in steps:
        if moment <= now:
            verdict = (Answer(answer), Reason(reason))
    return verdict


def _turns(rules: GateRules, known: Known | None) -> list[float]:
    """Moments from which on `standing` may say something else. To the microsecond: a list that turned with
    the next whole second would for so long say what the server does not."""
    if known is None:
        return []
    ends: list[float | None] = [known.until, *(known.window or ())]
    if rules.test_hours is not None and known.tested_at is not None:
        ends.append(known.tested_at + rules.test_hours * 3600)
    return [end for end in ends if end is not None]
