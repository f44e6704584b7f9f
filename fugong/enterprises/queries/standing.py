"""Reading standing: how it is now from counters, how it was from events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from fugong.core.actor import Actor
from fugong.enterprises.choices import Kind, SizeClass, StandingState
from fugong.enterprises.models import Enterprise, StandingCount, StandingEvent

# The last thing said of each enterprise up to `as_of`, of what had been recorded by `known_at`. `distinct on`
# walks the two indexes made for it.
AS_OF = """
    with said as (
        select distinct on (enterprise_id) *
          from enterprises_registerevent
         where authority_id = %(authority)s and at <= %(as_of)s and recorded_at <= %(known_at)s
         order by enterprise_id, at desc, recorded_at desc, id desc
    ), stood as (
        select distinct on (enterprise_id) enterprise_id, id, state, at
          from enterprises_standingevent
         where authority_id = %(authority)s and at <= %(as_of)s and recorded_at <= %(known_at)s
         order by enterprise_id, at desc, recorded_at desc, id desc
    )
    select said.enterprise_id, said.name, said.credit_code, said.area_id, said.kind, said.size_class,
           said.industry, coalesce(stood.state, 'not_resumed'), stood.at, said.id, stood.id
      from said left join stood using (enterprise_id)
     where said.is_present
     order by said.credit_code, said.enterprise_id
"""


COUNTED: Final = ("area_id", "size_class", "kind")


@dataclass(frozen=True, slots=True)
class StandingTally:
    """How many present enterprises of one area, size class and kind stand in one state."""

    area_id: UUID
    size_class: SizeClass
    kind: Kind
    state: StandingState
    number: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Enterprises in scope and how they stand."""

    in_scope: int
    resumed: int
    suspended: int

    @property
    def not_resumed(self) -> int:
        return self.in_scope - self.resumed - self.suspended


@dataclass(frozen=True, slots=True)
class StandingAt:
    """One enterprise present at a moment: what was said of it and how it stood, with the rows that say so."""

    enterprise_id: UUID
    name: str
    credit_code: str
    area_id: UUID
    kind: Kind
    size_class: SizeClass
    industry: str
    state: StandingState
    since: datetime | None
    register_event_id: UUID
    standing_event_id: UUID | None


def standing_counts(actor: Actor) -> tuple[StandingTally, ...]:
    """How it stands now where the actor sees, in one statement.

    Whole areas are read from counters, however many enterprises they hold. Those in the actor's care
    elsewhere, a few dozen at most, are counted one by one.
    """
    rows = StandingCount.objects.filter(authority_id=actor.authority_id, number__gt=0)
    if not actor.all_areas:
        rows = rows.filter(area_id__in=actor.areas)
    values = rows.values_list(*COUNTED, "state", "number")
    if not actor.all_areas and actor.single_enterprises:
        values = values.union(_counted_singly(actor), all=True)
    return tuple(
        StandingTally(area_id, SizeClass(size), Kind(kind), StandingState(state), number)
        for area_id, size, kind, state, number in values.order_by(*COUNTED, "state")
    )


def _counted_singly(actor: Actor) -> QuerySet[Enterprise, tuple[Any, ...]]:
    """Without those of the actor's areas, which the counters have."""
    rows = Enterprise.objects.filter(authority_id=actor.authority_id, id__in=actor.single_enterprises)
    rows = rows.present().exclude(area_id__in=actor.areas)
    return rows.values_list(*COUNTED, "standing__state").annotate(number=Count("id")).order_by()


def totals(
    tallies: Iterable[StandingTally], *, size_class: SizeClass | None = None, area_id: UUID | None = None
) -> Tally:
    """The sum over enterprises proper (no shops, schools or sites), as the figures count them."""
    numbers = dict.fromkeys(StandingState, 0)
    for tally in tallies:
        fits = tally.kind is Kind.ENTERPRISE and size_class in (None, tally.size_class)
        if fits and area_id in (None, tally.area_id):
            numbers[tally.state] += tally.number
    return Tally(sum(numbers.values()), numbers[StandingState.RESUMED], numbers[StandingState.SUSPENDED])


def standing_as_of(
    authority_id: UUID, *, as_of: datetime, known_at: datetime, size_class: SizeClass | None = None
) -> list[StandingAt]:
    """Every enterprise present at `as_of` by what was known at `known_at`, by credit code."""
    with connection.cursor() as cursor:
        cursor.execute(AS_OF, {"authority": authority_id, "as_of": as_of, "known_at": known_at})
        rows = [_standing_at(row) for row in cursor.fetchall()]
    return [row for row in rows if size_class in (None, row.size_class)]


def _standing_at(row: Sequence[Any]) -> StandingAt:
    return StandingAt(
        enterprise_id=row[0],
        name=row[1],
        credit_code=row[2],
        area_id=row[3],
        kind=Kind(row[4]),
        size_class=SizeClass(row[5]),
        industry=row[6],
        state=StandingState(row[7]),
        since=row[8],
        register_event_id=row[9],
        standing_event_id=row[10],
    )


def list_standing_events(actor: Actor, enterprise_id: UUID) -> list[StandingEvent]:
    """Its changes of standing, the latest first."""
    rows = StandingEvent.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    return list(rows.order_by("-at", "-recorded_at"))
