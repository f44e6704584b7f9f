"""A separation begins: told to the person's clearance in the same transaction."""

from __future__ import annotations

from datetime import date, datetime, time

from fugong.clearance import operations as clearance
from fugong.clearance.choices import Source
from fugong.core.clock import LOCAL
from fugong.core.operation import Operation
from fugong.returns.choices import SEPARATION, SUBJECT
from fugong.returns.models import PlannedReturn


def keep_apart(row: PlannedReturn, *, op: Operation) -> None:
    """From the day of arrival to the first day free. Nothing where the decision asks for no separation."""
    if row.apart_from is None or row.apart_until is None:
        return
    clearance.record_evidence(
        row.person_id,
        kind=SEPARATION,
        since=min(_start_of(row.apart_from), op.now),
        until=_start_of(row.apart_until),
        source=Source(SUBJECT, row.id, f"{row.apart_from:%Y-%m-%d}", f"/returns/{row.id}/"),
        op=op,
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL)
