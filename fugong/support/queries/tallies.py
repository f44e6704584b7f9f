"""How many difficulties are open, and how many were solved lately: counts, never lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from fugong.core.actor import Actor
from fugong.support.choices import OPEN_STATES, State, Step
from fugong.support.models import DifficultyEvent
from fugong.support.permissions import may_see
from fugong.support.queries.difficulties import list_difficulties


@dataclass(frozen=True, slots=True)
class OpenTally:
    """Open difficulties: `raised` wait to be assigned, `assigned` for an answer, `answered` for the
    enterprise. `overdue` counts over all three.
    """

    raised: int
    assigned: int
    answered: int
    overdue: int

    @property
    def open(self) -> int:
        return self.raised + self.assigned + self.answered


def tally_open(actor: Actor, *, now: datetime) -> OpenTally | None:
    """One statement over the open ones. None where the roles have no part in difficulties."""
    if not may_see(actor):
        return None
    rows = list_difficulties(actor).filter(state__in=OPEN_STATES)
    return OpenTally(
        **rows.aggregate(
            raised=Count("id", filter=Q(state=State.RAISED)),
            assigned=Count("id", filter=Q(state=State.ASSIGNED)),
            answered=Count("id", filter=Q(state=State.ANSWERED)),
            overdue=Count("id", filter=Q(due_at__lte=now)),
        )
    )


def count_solved(actor: Actor, *, since: datetime, until: datetime) -> int:
    """How many the enterprises said are solved in this span, its start included and its end not."""
    if not may_see(actor):
        return 0
    rows = DifficultyEvent.objects.filter(
        authority_id=actor.authority_id, step=Step.SOLVE, at__gte=since, at__lt=until
    )
    if not actor.all_areas:
        rows = rows.filter(difficulty__in=list_difficulties(actor))
    return rows.count()
