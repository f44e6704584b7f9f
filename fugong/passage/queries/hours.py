"""Reading the hours of shifts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fugong.core.actor import Actor
from fugong.passage.models import ShiftHours
from fugong.people import queries as people

_COLUMNS = ("shift", "starts", "ends")


@dataclass(frozen=True, slots=True)
class Shift:
    """`hours` is None where nobody has said them: at a gate that asks for them each one of it is asked."""

    name: str
    staff: int
    hours: tuple[str, str] | None


def list_shifts(enterprise_id: UUID, *, actor: Actor) -> list[Shift]:
    """Those that employments name and those with hours. The caller has got the enterprise."""
    staff = people.shifts_of(enterprise_id, actor=actor)
    rows = ShiftHours.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    hours = {shift: (_written(start), _written(end)) for shift, start, end in rows.values_list(*_COLUMNS)}
    return [Shift(name, staff.get(name, 0), hours.get(name)) for name in sorted(staff.keys() | hours.keys())]


def _written(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
