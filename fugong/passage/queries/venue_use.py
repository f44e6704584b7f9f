"""How places with a code are used, day by day: from the counts that are kept with the scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncDate

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL, end_of, local_date
from fugong.enterprises import queries as enterprises
from fugong.passage.choices import Answer, Direction, GateKind
from fugong.passage.models import Gate, ScanCount
from fugong.passage.queries.venues import list_venues
from fugong.playbooks import queries as playbooks


@dataclass(frozen=True, slots=True)
class VenueUse:
    """`counted`: how many came and were let in, by day; `gaps`: working days on which nobody scanned at all,
    where the playbook asks for daily use."""

    gate: Gate
    days: Sequence[date]
    counted: Counter[date] = field(default_factory=Counter)
    gaps: Sequence[date] = ()

    @property
    def cells(self) -> list[tuple[date, int, bool]]:
        return [(day, self.counted[day], day in self.gaps) for day in self.days]


def use_of_venues(
    actor: Actor, *, since: date, until: date, gates: Sequence[Gate] | None = None
) -> list[VenueUse]:
    """Of the venues in use that the actor sees, or of `gates` among them, by enterprise and name; both days
    included. One statement for the counts, however many there are."""
    shown = list(gates if gates is not None else _in_use(actor))
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    counted, scanned = _counted(actor, shown, days)
    asked = _asked_days(days)
    return [
        VenueUse(
            gate,
            days,
            counted[gate.number],
            [day for day in asked if day >= local_date(gate.opened_at) and not scanned[gate.number][day]],
        )
        for gate in shown
    ]


def list_without_code(actor: Actor, *, on: date) -> QuerySet[Any]:
    """Enterprises that the actor sees and whose places must have a code by the playbook in force, and have no
    venue in use with a poster; by pinyin."""
    kinds = [kind.value for kind in playbooks.venue_policy(on=on).needed_by]
    have = Gate.objects.filter(
        authority_id=actor.authority_id, kind=GateKind.VENUE, closed_at=None, poster__isnull=False
    )
    rows = enterprises.list_enterprises(actor).filter(kind__in=kinds, left_on=None)
    return rows.exclude(id__in=have.filter(enterprise__isnull=False).values("enterprise_id"))


def _in_use(actor: Actor) -> Sequence[Gate]:
    return list(list_venues(actor).filter(closed_at=None).order_by("enterprise__name", "name", "number"))


def _counted(
    actor: Actor, gates: Sequence[Gate], days: Sequence[date]
) -> tuple[dict[int, Counter[date]], dict[int, Counter[date]]]:
    """By gate: who was let in; and every scan, whatever was answered."""
    rows = ScanCount.objects.filter(
        authority_id=actor.authority_id,
        gate__in=[gate.number for gate in gates],
        hour__gte=datetime.combine(days[0], time(), tzinfo=LOCAL),
        hour__lt=end_of(days[-1]),
    )
    found = rows.annotate(day=TruncDate("hour", tzinfo=LOCAL)).values_list(
        "gate", "day", "direction", "answer"
    )
    let_in: dict[int, Counter[date]] = {gate.number: Counter() for gate in gates}
    scanned: dict[int, Counter[date]] = {gate.number: Counter() for gate in gates}
    for gate, day, direction, answer, number in found.annotate(number=Sum("scans")).order_by():
        scanned[gate][day] += number
        if direction == Direction.IN and answer == Answer.ALLOW:
            let_in[gate][day] += number
    return let_in, scanned


def _asked_days(days: Sequence[date]) -> list[date]:
    """Working days, where the playbook in force on the last day asks that each place be scanned daily."""
    playbook = playbooks.find_in_force(days[-1])
    if playbook is None or not playbook.venues.used_daily:
        return []
    return [day for day in days if playbook.calendar.is_working_day(day)]
