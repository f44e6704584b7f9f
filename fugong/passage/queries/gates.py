"""Reading gates and zones: those of the areas and the enterprise of whoever asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.core.refusals import NotFound
from fugong.passage.choices import KEEP, SEE, Answer, Direction
from fugong.passage.models import Gate, PlaceNumber, ScanCount, Zone

MOST_BESIDE: Final = 60
"""More are not offered in one form."""


@dataclass(frozen=True, slots=True)
class Passed:
    """How many scans a gate had since midnight."""

    came_in: int = 0
    went_out: int = 0
    stopped: int = 0
    asked: int = 0


def list_gates(actor: Actor) -> QuerySet[Gate]:
    """With area, enterprise and zone; the closed ones too."""
    rows = Gate.objects.filter(authority_id=actor.authority_id)
    return _seen(rows, actor).select_related("area", "enterprise", "zone")


def get_gate(actor: Actor, gate_id: UUID) -> Gate:
    """Raises NotFound, also when the actor may not see it."""
    gate = list_gates(actor).filter(id=gate_id).first()
    if gate is None:
        raise NotFound()
    return gate


def gates_of_enterprise(actor: Actor, enterprise_id: UUID) -> list[Gate]:
    """Those in use, by name. The caller has got the enterprise."""
    rows = list_gates(actor).filter(enterprise_id=enterprise_id, closed_at=None)
    return list(rows.order_by("name", "number"))


def beside(gate: Gate, *, actor: Actor) -> list[Gate]:
    """The gate itself and those in use at which the same device may stand: of its enterprise, or of its area
    and of no enterprise. The caller has got the gate."""
    rows = list_gates(actor).filter(closed_at=None)
    if gate.enterprise_id is None:
        rows = rows.filter(enterprise=None, area_id=gate.area_id)
    else:
        rows = rows.filter(enterprise_id=gate.enterprise_id)
    others = rows.exclude(id=gate.id).order_by("name", "number")[:MOST_BESIDE]
    return [gate, *others]


def gates_numbered(numbers: Collection[int], *, actor: Actor) -> list[Gate]:
    """Those with these numbers that the actor may see, by number."""
    return list(list_gates(actor).filter(number__in=numbers).order_by("number"))


def matching(rows: QuerySet[Gate], text: str) -> QuerySet[Gate]:
    """By name, place, enterprise, or the number."""
    for word in text.split():
        found = Q(name__icontains=word) | Q(place__icontains=word) | Q(enterprise__name__icontains=word)
        if word.isascii() and word.isdigit() and len(word) < 10:
            found |= Q(number=int(word))
        rows = rows.filter(found)
    return rows


def list_zones(actor: Actor, enterprise_id: UUID | None) -> list[Zone]:
    """Into which gates of the enterprise, or of no enterprise, may lead."""
    rows = Zone.objects.filter(authority_id=actor.authority_id)
    found = rows.filter(enterprise_id=enterprise_id) if enterprise_id else rows.filter(enterprise=None)
    return list(found.order_by("name"))


def passed_today(gates: Collection[int], *, actor: Actor, now: datetime) -> dict[int, Passed]:
    """By number, since midnight in China. The caller has got the gates."""
    midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = ScanCount.objects.filter(
        authority_id=actor.authority_id,
        gate__in=gates,
        hour__gte=midnight,
        hour__lt=midnight + timedelta(days=1),
    )
    counted: dict[tuple[int, int, int], int] = {
        (gate, direction, answer): number
        for gate, direction, answer, number in rows.values_list("gate", "direction", "answer")
        .annotate(number=Sum("scans"))
        .order_by()
    }
    return {gate: _passed(gate, counted) for gate in gates}


def place_numbers(authority_id: UUID) -> dict[UUID, int]:
    """What gates and codes call the enterprises, of the acting authority."""
    rows = PlaceNumber.objects.filter(authority_id=authority_id)
    return dict(rows.values_list("enterprise_id", "number"))


def _passed(gate: int, counted: dict[tuple[int, int, int], int]) -> Passed:
    def number(answer: Answer, *directions: Direction) -> int:
        return sum(counted.get((gate, direction, answer), 0) for direction in directions or Direction)

    return Passed(
        came_in=number(Answer.ALLOW, Direction.IN),
        went_out=number(Answer.ALLOW, Direction.OUT),
        stopped=number(Answer.STOP),
        asked=number(Answer.ASK),
    )


def _seen(rows: QuerySet[Gate], actor: Actor) -> QuerySet[Gate]:
    reach = actor.reach(SEE, KEEP)
    if actor.is_system or reach.everywhere:
        return rows
    return rows.filter(Q(area_id__in=reach.areas) | Q(enterprise_id__in=actor.single_enterprises))
