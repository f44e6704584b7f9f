"""A return is planned, changed, called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid
from fugong.people import queries as people
from fugong.returns import facts
from fugong.returns.choices import State
from fugong.returns.models import PlannedReturn
from fugong.returns.operations.steps import (
    judged,
    keep_decision,
    locked,
    move,
    open_state,
    owe_arrival,
    payload,
    put,
    release_arrival,
)
from fugong.returns.permissions import check_may_plan
from fugong.returns.rules import ReturnData, problems_of, tidied

NOTE_LENGTH = 300


def plan(person_id: UUID, data: ReturnData, *, actor: Actor, now: datetime) -> PlannedReturn:
    """Plans a return to the enterprise where the person is employed, and decides whether it may be.

    Raises NotFound, NotPermitted, Invalid with the fields at fault, Conflict for somebody employed nowhere or
    whose return is planned already.
    """
    with operation("returns.plan", actor=actor, now=now) as op:
        person = people.get_person(actor, person_id)
        if person.enterprise is None:
            raise Conflict(_("This person is not employed anywhere."), code="not_employed")
        check_may_plan(actor, person.enterprise.id, person.enterprise.area_id)
        said = checked(data, now=now)
        row = PlannedReturn(
            authority_id=actor.authority_id,
            person=person,
            enterprise=person.enterprise,
            area_id=person.enterprise.area_id,
            planned_at=now,
            planned_by=actor.user_id,
            planned_by_name=actor.name,
            **said,
        )
        given = judged(row, on=row.arrives_on, now=now)
        put(row, given, on=row.arrives_on, op=op)
        row.state = open_state(row)
        _insert(row)
        keep_decision(row, given, op)
        owe_arrival(row, op=op)
        op.audit(row, {"person": str(person.id), "outcome": row.outcome, **said})
        op.fact(facts.RETURN_PLANNED, payload(row))
        return row


def change(return_id: UUID, data: ReturnData, *, actor: Actor, now: datetime) -> PlannedReturn:
    """Another day, way or lodging: decided anew. Locks the row. Raises as `plan`."""
    with operation("returns.change", actor=actor, now=now) as op:
        row = locked(return_id, actor=actor)
        if row.state not in (State.PLANNED, State.NOT_ALLOWED):
            message = _("This is not possible any more: the return is now “%(state)s”.")
            raise Conflict(message % {"state": State(row.state).label}, code="return_moved_on")
        said = checked(data, now=now)
        changes = {name: [getattr(row, name), new] for name, new in said.items() if getattr(row, name) != new}
        for name, value in said.items():
            setattr(row, name, value)
        given = judged(row, on=row.arrives_on, now=now)
        put(row, given, on=row.arrives_on, op=op)
        row.state = open_state(row)
        row.save()
        keep_decision(row, given, op)
        if "arrives_on" in changes:
            release_arrival(row, op=op)
            owe_arrival(row, op=op)
        op.audit(row, changes | {"outcome": row.outcome})
        op.fact(facts.RETURN_PLANNED, payload(row))
        return row


def cancel(return_id: UUID, note: str, *, actor: Actor, now: datetime) -> PlannedReturn:
    """The person does not come: the place is free again. Locks the row. Raises Conflict when it is over."""
    with operation("returns.cancel", actor=actor, now=now) as op:
        row = locked(return_id, actor=actor)
        move(row, State.CANCELLED)
        row.cancelled_at, row.note = now, note.strip()[:NOTE_LENGTH]
        row.save(update_fields=["state", "cancelled_at", "note"])
        release_arrival(row, op=op)
        op.audit(row, {"state": row.state})
        op.fact(facts.RETURN_CANCELLED, payload(row))
        return row


def checked(data: ReturnData, *, now: datetime) -> dict[str, Any]:
    """As columns. Raises Invalid with every field at fault."""
    data = tidied(data)
    problems = problems_of(data, today=local_date(now))
    if problems:
        raise Invalid(_("The return cannot be planned like this."), code="bad_return", fields=problems)
    said = {name: getattr(data, name) for name in ReturnData.__dataclass_fields__}
    return said | {"transport": data.transport or ""}


def _insert(row: PlannedReturn) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("A return of this person is planned already."), code="planned_already") from None
