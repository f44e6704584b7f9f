"""What gates and codes call an enterprise."""

from __future__ import annotations

from uuid import UUID

from fugong.core.operation import Operation
from fugong.passage.models import PlaceNumber
from fugong.passage.operations.numbers import lock_series, next_number


def place_number(enterprise_id: UUID, *, op: Operation) -> int:
    """Given on first use, and for good. For operations that audit what they give it for."""
    found = _number_of(enterprise_id, op)
    if found is not None:
        return found
    lock_series(PlaceNumber, op=op)
    found = _number_of(enterprise_id, op)
    if found is not None:
        return found
    number = next_number(PlaceNumber, op=op)
    PlaceNumber.objects.create(authority_id=op.actor.authority_id, enterprise_id=enterprise_id, number=number)
    return number


def _number_of(enterprise_id: UUID, op: Operation) -> int | None:
    rows = PlaceNumber.objects.filter(authority_id=op.actor.authority_id, enterprise_id=enterprise_id)
    return rows.values_list("number", flat=True).first()
