"""Who comes when, and how many places have to be held for those kept apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q

from fugong.core.actor import Actor
from fugong.returns.choices import Outcome, Place, State
from fugong.returns.models import PlannedReturn


@dataclass(frozen=True, slots=True)
class Day:
    """`expected` may come; `asked` wait for an answer; `not_allowed` are planned all the same.

    `places`: how many are kept apart on this day, by where. Those not allowed count, in case they come.
    """

    on: date
    expected: int = 0
    asked: int = 0
    not_allowed: int = 0
    places: dict[Place, int] = field(default_factory=dict)


def forecast(actor: Actor, *, first: date, days: int) -> list[Day]:
    """Two statements over the returns of these days and those kept apart on them."""
    last = first + timedelta(days=days)
    arriving = _arriving(actor, first, last)
    apart = _apart(actor, first, last)
    return [_day(first + timedelta(days=number), arriving, apart) for number in range(days)]


Arriving = Counter[tuple[date, str]]
Apart = list[tuple[str, date, date, int]]


def _arriving(actor: Actor, first: date, last: date) -> Arriving:
    rows = PlannedReturn.objects.visible_to(actor).open().filter(arrives_on__gte=first, arrives_on__lt=last)
    counted = rows.order_by().values_list("arrives_on", "outcome").annotate(number=Count("id"))
    return Counter({(on, outcome): number for on, outcome, number in counted})


def _apart(actor: Actor, first: date, last: date) -> Apart:
    """Alike ones together: as many rows as there are different spans, not people."""
    here = Q(state=State.ARRIVED) | Q(state__in=(State.PLANNED, State.NOT_ALLOWED))
    rows = PlannedReturn.objects.visible_to(actor).filter(here, apart_until__gt=first, apart_from__lt=last)
    spans = rows.order_by().values_list("apart_place", "apart_from", "apart_until")
    return list(spans.annotate(number=Count("id")))


def _day(on: date, arriving: Arriving, apart: Apart) -> Day:
    places: Counter[Place] = Counter()
    for place, since, until, number in apart:
        if since <= on < until:
            places[Place(place)] += number
    return Day(
        on=on,
        expected=arriving[on, Outcome.MAY_RETURN] + arriving[on, Outcome.WITH_CONDITIONS],
        asked=arriving[on, Outcome.ASK],
        not_allowed=arriving[on, Outcome.NOT_YET],
        places=dict(places),
    )
