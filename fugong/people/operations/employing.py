"""A person begins work at an enterprise, moves to another, or leaves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.enterprises import queries as enterprises
from fugong.people import facts
from fugong.people.choices import Way
from fugong.people.models import Employment, Person
from fugong.people.operations.checks import EmployedElsewhere, checked_employment, current_employment, locked
from fugong.people.operations.work_events import note_work
from fugong.people.permissions import check_may_register_at, may_register_at
from fugong.people.rules.data import EmploymentData


def employ(
    person_id: UUID, data: EmploymentData, *, actor: Actor, now: datetime, way: Way = Way.FORM
) -> Employment:
    """Begins an employment. One that is running at another enterprise ends that day.

    Locks the person. Raises NotFound, NotPermitted at the new enterprise, EmployedElsewhere when the actor
    keeps no files at the old one, Invalid for a day before the running employment began.
    """
    with operation("people.employ", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        return begin(person, checked_employment(data, now=now), way=way, op=op)


def end_employment(person_id: UUID, *, on: date, actor: Actor, now: datetime) -> Employment:
    """`on` is the first day no longer worked there. The file stays, and so does its history.

    Locks the person. Raises NotFound, NotPermitted, Conflict where none is running, Invalid for a day before
    it began.
    """
    with operation("people.end_employment", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        running = current_employment(person)
        if running is None:
            raise Conflict(_("This person is not employed anywhere."), code="not_employed")
        check_may_register_at(actor, enterprises.get_enterprise(actor, running.enterprise_id))
        end(person, running, on=on, op=op)
        person.save(update_fields=["enterprise", "changed_at"])
        return running


def begin(person: Person, data: EmploymentData, *, way: Way, op: Operation) -> Employment:
    """For operations that hold the person's lock, or have just made the row."""
    place = enterprises.get_enterprise(op.actor, data.enterprise_id)
    check_may_register_at(op.actor, place)
    if place.left_on is not None:
        raise Conflict(_("This enterprise has left the park."), code="enterprise_left")
    running = current_employment(person)
    if running is not None:
        _leave_for(person, running, data, op=op)
    row = _kept(person, data, way=way, op=op)
    person.enterprise_id, person.changed_at = data.enterprise_id, op.now
    person.save(update_fields=["enterprise", "changed_at"])
    note_work([row.id], op=op)
    op.audit(
        row, {"person": str(person.id), "enterprise": str(row.enterprise_id), "starts_on": row.starts_on}
    )
    op.fact(facts.EMPLOYMENT_BEGUN, {"person": str(person.id), "enterprise": str(row.enterprise_id)})
    return row


def end(person: Person, running: Employment, *, on: date, op: Operation) -> None:
    if on < running.starts_on:
        sentence = _("The employment began on %(day)s.") % {"day": running.starts_on.isoformat()}
        raise Invalid(sentence, code="ends_too_early", fields={"ends_on": sentence})
    running.ends_on = on
    running.save(update_fields=["ends_on"])
    # Two merged files of a person at one enterprise: leaving it is said of both.
    ended = [running.id]
    while (also := current_employment(person)) is not None:
        also.ends_on = max(on, also.starts_on)
        also.save(update_fields=["ends_on"])
        ended.append(also.id)
    note_work(ended, op=op)
    person.enterprise_id, person.changed_at = None, op.now
    op.audit(running, {"person": str(person.id), "ends_on": on})
    op.fact(facts.EMPLOYMENT_ENDED, {"person": str(person.id), "enterprise": str(running.enterprise_id)})


def _leave_for(person: Person, running: Employment, data: EmploymentData, *, op: Operation) -> None:
    """Whoever keeps no files at the old enterprise cannot take a person away from it."""
    old = enterprises.find_enterprise(op.actor, running.enterprise_id)
    if old is None or not may_register_at(op.actor, old):
        raise EmployedElsewhere()
    end(person, running, on=data.starts_on, op=op)


def _kept(person: Person, data: EmploymentData, *, way: Way, op: Operation) -> Employment:
    row = Employment(
        authority_id=person.authority_id,
        person=person,
        enterprise_id=data.enterprise_id,
        post=data.post,
        shift=data.shift,
        crew=data.crew,
        room=data.room,
        starts_on=data.starts_on,
        way=way,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        recorded_by_name=op.actor.name,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise EmployedElsewhere() from None
    return row
