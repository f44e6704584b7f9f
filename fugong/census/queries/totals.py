"""Live totals of a campaign: grouped counts over its own cases by index, never over people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Func, Q

from fugong.census.choices import CaseState
from fugong.census.models import Campaign, Case
from fugong.census.models.cases import CaseQuerySet
from fugong.census.rules import calls
from fugong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Totals:
    """By the latest outcome of each case; by finding, of which a case may bear several: no sum, no rest."""

    listed: int = 0
    open: int = 0
    untried: int = 0
    by_outcome: dict[str, int] = field(default_factory=dict)
    by_finding: dict[str, int] = field(default_factory=dict)
    by_group: dict[str, int] = field(default_factory=dict)

    @property
    def closed(self) -> int:
        return self.listed - self.open


@dataclass(frozen=True, slots=True)
class Progress:
    """One enterprise's part of the list."""

    enterprise_id: UUID | None
    name: str
    listed: int
    open: int

    @property
    def closed(self) -> int:
        return self.listed - self.open


def totals_of(campaign: Campaign, *, actor: Actor) -> Totals:
    """Of the cases the actor may see. Two statements."""
    rows = _of(campaign, actor)
    by_outcome: Counter[str] = Counter()
    by_state: Counter[str] = Counter()
    for outcome, state, number in rows.values_list("outcome", "state").annotate(number=Count("id")):
        by_outcome[outcome] += number
        by_state[state] += number
    found = rows.exclude(findings=[]).annotate(finding=Func("findings", function="unnest"))
    by_finding = dict(found.values_list("finding").annotate(number=Count("id")))
    return Totals(
        listed=sum(by_state.values()),
        open=by_state[CaseState.OPEN],
        untried=by_outcome.pop("", 0),
        by_outcome=dict(by_outcome),
        by_finding=by_finding,
        by_group=calls.summed(campaign.outcomes, by_outcome),
    )


def progress_of(campaign: Campaign, *, actor: Actor) -> list[Progress]:
    """By enterprise, those with most left first. One statement."""
    rows = _of(campaign, actor).values_list("enterprise_id", "enterprise__name")
    counted = rows.annotate(listed=Count("id"), left=Count("id", filter=Q(state=CaseState.OPEN))).order_by(
        "-left", "enterprise__name"
    )
    return [Progress(id_, name or "", listed, left) for id_, name, listed, left in counted]


def work_left(campaign: Campaign, *, actor: Actor, now: datetime) -> dict[str, int]:
    """How many can be called now, how many wait for a later call, how many others are at. One statement."""
    rows = _of(campaign, actor).filter(state=CaseState.OPEN)
    later = Q(next_call_at__gt=now)
    held = Q(held_until__gt=now) & ~Q(held_by=actor.user_id)
    return rows.aggregate(
        now=Count("id", filter=~later & ~held | Q(held_by=None) & ~later),
        later=Count("id", filter=later),
        held=Count("id", filter=held),
    )


def _of(campaign: Campaign, actor: Actor) -> CaseQuerySet:
    return Case.objects.visible_to(actor).filter(campaign=campaign).order_by()
