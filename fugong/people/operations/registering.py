"""Opening a file, or finding that there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.enterprises import queries as enterprises
from fugong.people import facts
from fugong.people.choices import Way
from fugong.people.models import Person
from fugong.people.operations.checks import (
    checked,
    checked_employment,
    columns_of,
    shown,
)
from fugong.people.operations.correcting import apply
from fugong.people.operations.employing import begin
from fugong.people.operations.grams import index_names
from fugong.people.permissions import check_may_register_at
from fugong.people.queries.people import data_of
from fugong.people.rules.data import EmploymentData, PersonData


def register(
    data: PersonData, employment: EmploymentData, *, way: Way = Way.FORM, actor: Actor, now: datetime
) -> Person:
    """Opens a file and begins an employment. A number that has a file keeps it: the person moves.

    Raises Invalid with the fields at fault, NotPermitted, EmployedElsewhere. Of somebody who is employed at
    this very enterprise it corrects what was said.
    """
    with operation("people.register", actor=actor, now=now) as op:
        data, employment = checked(data, now=now), checked_employment(employment, now=now)
        check_may_register_at(actor, enterprises.get_enterprise(actor, employment.enterprise_id))
        known = _find(data, actor=actor)
        if known is not None:
            return _taken_on(known, data, employment, way=way, op=op)
        person = _opened(data, way=way, op=op)
        if person is None:
            known = _find(data, actor=actor)
            assert known is not None
            return _taken_on(known, data, employment, way=way, op=op)
        begin(person, employment, way=way, op=op)
        return person


def _find(data: PersonData, *, actor: Actor) -> Person | None:
    """The file in use of whoever has this number."""
    ours = Person.objects.filter(authority_id=actor.authority_id).select_for_update()
    known = ours.filter(document_hash=data.document).first()
    return ours.get(id=known.merged_into_id) if known and known.merged_into_id else known


def _opened(data: PersonData, *, way: Way, op: Operation) -> Person | None:
    """None when somebody opens a file for the same number at this very moment."""
    person = Person(
        authority_id=op.actor.authority_id,
        way=way,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        changed_at=op.now,
        **columns_of(data),
    )
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        return None
    index_names(person.authority_id, [person.id])
    said = {name: shown(name, getattr(data, name)) for name in PersonData.__dataclass_fields__}
    op.audit(person, {**{name: value for name, value in said.items() if value}, "way": way.value})
    op.fact(facts.PERSON_REGISTERED, {"person": str(person.id)})
    return person


def _taken_on(
    person: Person, data: PersonData, employment: EmploymentData, *, way: Way, op: Operation
) -> Person:
    """The same person again. What was left empty now stays as it was."""
    if person.enterprise_id != employment.enterprise_id:
        begin(person, employment, way=way, op=op)
    before = data_of(person)
    said = {name: getattr(data, name) for name in PersonData.__dataclass_fields__ if getattr(data, name)}
    if data.document != before.document:
        # Found by the number of a file that was merged into this one: that number stays there.
        said = {name: value for name, value in said.items() if name not in ("document", "document_kind")}
    apply(person, replace(before, **said), op=op)
    return person
