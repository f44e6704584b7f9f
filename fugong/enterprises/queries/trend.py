"""How many enterprises started or stopped work on each day of the last weeks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL, end_of
from fugong.enterprises.choices import Kind, StandingState
from fugong.enterprises.models import StandingEvent


@dataclass(frozen=True, slots=True)
class DayOfStanding:
    """Enterprises proper whose standing became one of the two on this day in China."""

    day: date
    resumed: int
    suspended: int


def standing_by_day(actor: Actor, *, until: date, days: int) -> list[DayOfStanding]:
    """Every one of the `days` up to and with `until`, oldest first, of the enterprises the actor sees.

    One statement over the events of these days, however long the history is.
    """
    first = until - timedelta(days=days - 1)
    rows = StandingEvent.objects.filter(
        authority_id=actor.authority_id,
        at__gte=end_of(first - timedelta(days=1)),
        at__lt=end_of(until),
        enterprise__kind=Kind.ENTERPRISE,
    )
    if not actor.all_areas:
        cared_for = Q(enterprise_id__in=actor.single_enterprises)
        rows = rows.filter(Q(enterprise__area_id__in=actor.areas) | cared_for)
    counted: dict[tuple[date, str], int] = defaultdict(int)
    by_day = rows.annotate(day=TruncDate("at", tzinfo=LOCAL)).values_list("day", "state")
    for day, state, number in by_day.annotate(number=Count("id")).order_by():
        counted[day, state] = number
    return [
        DayOfStanding(day, counted[day, StandingState.RESUMED], counted[day, StandingState.SUSPENDED])
        for day in (first + timedelta(days=back) for back in range(days))
    ]
