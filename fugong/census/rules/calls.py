"""What a call does to a case, and what is left of it when the call is taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.utils.translation import gettext_lazy as _

from fugong.census.choices import CampaignState
from fugong.census.rules.campaigns import Finding, Outcome
from fugong.core.refusals import Sentence

HELD_FOR: Final = timedelta(minutes=15)
"""How long one person works at a case before somebody else may have it."""
AGAIN_SAME_DAY: Final = timedelta(hours=2)
NOTE_LENGTH: Final = 500
FARTHEST: Final = timedelta(days=60)

MOVES: Final[Mapping[CampaignState, frozenset[CampaignState]]] = {
    CampaignState.DRAFT: frozenset({CampaignState.OPEN}),
    CampaignState.OPEN: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset({CampaignState.OPEN}),
}


class Logged(Protocol):
    """A call that stands."""

    @property
    def outcome(self) -> str: ...

    @property
    def findings(self) -> Sequence[str]: ...

    @property
    def next_call_at(self) -> datetime | None: ...

    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CallData:
    """What the caller enters. Without `next_call_at` the outcome says when the next call is due."""

    outcome: str
    findings: tuple[str, ...] = ()
    note: str = ""
    next_call_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands after the calls that count."""

    outcome: str = ""
    findings: tuple[str, ...] = ()
    closes: bool = False
    last_call_at: datetime | None = None
    next_call_at: datetime | None = None
    tries: int = 0


def problems_of(
    data: CallData, outcomes: Sequence[Outcome], findings: Sequence[Finding], *, now: datetime
) -> dict[str, Sentence]:
    """By field; empty when the call may be kept."""
    found: dict[str, Sentence] = {}
    if data.outcome not in {outcome.key for outcome in outcomes}:
        found["outcome"] = _("Choose an outcome of the list.")
    if set(data.findings) - {finding.key for finding in findings}:
        found["findings"] = _("Choose findings of the list.")
    if len(data.note) > NOTE_LENGTH:
        found["note"] = _("At most %(limit)s characters.") % {"limit": NOTE_LENGTH}
    if data.next_call_at is not None and not now < data.next_call_at <= now + FARTHEST:
        found["next_call_at"] = _("The next call lies ahead, within %(days)s days.") % {"days": FARTHEST.days}
    return found


def findings_with(data: CallData, outcome: Outcome, order: Sequence[Finding]) -> tuple[str, ...]:
    """Those entered and those the outcome brings, in the order of the list, each once."""
    borne = {*data.findings, *outcome.sets}
    return tuple(finding.key for finding in order if finding.key in borne)


def next_call(data: CallData, outcome: Outcome, *, now: datetime) -> datetime | None:
    """A case that is closed waits for no call. One left open without a day is called in its turn."""
    if outcome.closes:
        return None
    if data.next_call_at is not None or outcome.again_after is None:
        return data.next_call_at
    return now + (timedelta(days=outcome.again_after) if outcome.again_after else AGAIN_SAME_DAY)


def standing_after(calls: Sequence[Logged], outcomes: Mapping[str, Outcome]) -> Standing:
    """`calls` are those that stand, oldest first. The latest one says how the case stands."""
    if not calls:
        return Standing()
    last = calls[-1]
    return Standing(
        outcome=last.outcome,
        findings=tuple(last.findings),
        closes=outcomes[last.outcome].closes,
        last_call_at=last.at,
        next_call_at=last.next_call_at,
        tries=len(calls),
    )


def is_free(held_by: object, held_until: datetime | None, *, for_user: object, now: datetime) -> bool:
    return held_by is None or held_by == for_user or held_until is None or held_until <= now


def may_move(state: CampaignState, to: CampaignState) -> bool:
    return to in MOVES[state]


def summed(outcomes: Sequence[Outcome], counted: Mapping[str, int]) -> dict[str, int]:
    """Totals by group. Each case has one latest outcome, so these may be added up; findings may not."""
    groups: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.group:
            groups[outcome.group] = groups.get(outcome.group, 0) + counted.get(outcome.key, 0)
    return groups


def in_order(keys: Collection[str], findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.key in keys]
