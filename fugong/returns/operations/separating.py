"""A separation begins: told to the person's clearance in the same transaction."""

from __future__ import annotations

from fugong.core.operation import Operation
from fugong.returns.models import PlannedReturn


def keep_apart(row: PlannedReturn, *, op: Operation) -> None:
    """Nothing where the decision asks for no separation."""
    if row.apart_from is None:
        return
