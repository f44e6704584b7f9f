"""Somebody has come: what is asked of him or her begins."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Invalid
from fugong.returns import facts
from fugong.returns.choices import Outcome, State
from fugong.returns.models import PlannedReturn
from fugong.returns.operations.separating import keep_apart
from fugong.returns.operations.steps import (
    judged,
    keep_decision,
    locked,
    move,
    payload,
    put,
    settle_arrival,
)
from fugong.returns.rules.plans import arrival_problem

NOTE_LENGTH = 300


def arrive(
    return_id: UUID, *, arrived_on: date, note: str = "", actor: Actor, now: datetime
) -> PlannedReturn:
    """Decided once more, for the day on which the person really came; a separation is counted from it.

    Somebody who was not let to come, or of whom something was still to be asked, may have come all the same:
    that is recorded too, with a note. Locks the row. Raises NotFound, NotPermitted, Invalid with the fields
    at fault, Conflict when the return is over.
    """
    with operation("returns.arrive", actor=actor, now=now) as op:
        row = locked(return_id, actor=actor)
        move(row, State.ARRIVED)
        given = judged(row, on=arrived_on, now=now)
        _check(given.verdict.outcome, arrived_on, note, now=now)
        put(row, given, on=arrived_on, op=op)
        row.arrived_on, row.arrived_at = arrived_on, now
        row.note = note.strip()[:NOTE_LENGTH]
        row.save()
        keep_decision(row, given, op)
        settle_arrival(row, op=op)
        keep_apart(row, op=op)
        op.audit(row, {"state": row.state, "arrived_on": arrived_on, "outcome": row.outcome})
        op.fact(facts.PERSON_ARRIVED, payload(row))
        return row


def _check(outcome: Outcome, arrived_on: date, note: str, *, now: datetime) -> None:
    fields = {}
    if problem := arrival_problem(arrived_on, today=local_date(now)):
        fields["arrived_on"] = problem
    if outcome in (Outcome.NOT_YET, Outcome.ASK) and not note.strip():
        fields["note"] = _("This person was not let to come yet: say how it came about.")
    if fields:
        raise Invalid(_("The arrival cannot be kept like this."), code="bad_arrival", fields=fields)
