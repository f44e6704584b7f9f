"""Whoever has not reported by the deadline is not free until the report comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from fugong.clearance.queries import sources_on_record
from fugong.core.actor import system_actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties import queries as duties
from fugong.health.choices import REPORT_DUTY, REPORT_MISSING
from fugong.health.operations.clearing import Missing, note_missing

LOOKS_BACK: Final = timedelta(days=2)
"""However long nobody ran it: what was missed before is past correcting, and told by the rolls."""


def mark_missing(authority_id: UUID, *, now: datetime) -> int:
    """Puts on record who owes a report past its deadline; returns how many are new. Safe to run twice."""
    with acting_for(authority_id):
        lines = [
            Missing(*line) for line in duties.list_missed(REPORT_DUTY, since=now - LOOKS_BACK, until=now)
        ]
        known = sources_on_record([line.line_id for line in lines], kind=REPORT_MISSING)
    new = [line for line in lines if line.line_id not in known]
    if new:
        actor = system_actor(authority_id, "health reports")
        with operation("health.mark_missing", actor=actor, now=now) as op:
            note_missing(new, op)
            op.audit(None, {"people": len(new)})
    return len(new)
