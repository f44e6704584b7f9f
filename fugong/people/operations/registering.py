"""Opening a file, or finding that there is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

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
    refusal_of,
    shown,
)
from fugong.people.operations.correcting import apply
from fugong.people.operations.employing import begin
from fugong.people.operations.grams import index_names
from fugong.people.permissions import check_may_register_at
from fugong.people.queries.people import data_of
from fugong.people.rules.data import EmploymentData, PersonData
from fugong.people.rules.importing.rows import is_same_name
from fugong.people.rules.problems import Problem

OF_THE_NUMBER: Final = ("name", "document", "document_kind")


def register(
    data: PersonData,
    employment: EmploymentData,
    *,
    way: Way = Way.FORM,
    is_same: bool = False,
    actor: Actor,
    now: datetime,
) -> Person:
    """Opens a file and begins an employment. A number that has a file keeps it: the person moves.

    Raises Invalid with the fields at fault, NotPermitted, EmployedElsewhere. Of somebody who is employed at
    this very enterprise it corrects what was said. A number whose file bears another name is refused:
    somebody's slip, or two people with one number; `is_same` says that somebody compared the document.
    """
    with operation("people.register", actor=actor, now=now) as op:
        data, employment = checked(data, now=now), checked_employment(employment, now=now)
        check_may_register_at(actor, enterprises.get_enterprise(actor, employment.enterprise_id))
        known = _find(data, actor=actor)
        person = None if known else _opened(data, way=way, op=op)
        if person is not None:
            begin(person, employment, way=way, op=op)
            return person
        known = known or _find(data, actor=actor)
        assert known is not None
        problem = None if is_same else _name_problem(known, data, actor)
        if known.person.enterprise_id != employment.enterprise_id:
            begin(known.person, employment, way=way, op=op)
        # Only now: who works out of the actor's reach is refused without a word about the name.
        if problem is not None:
            raise refusal_of({"document": problem})
        return _corrected(known, data, op=op)


@dataclass(frozen=True, slots=True)
class _Known:
    """The file in use of whoever has a number, and the name in the file that bears the number."""

    person: Person
    name: str


def _find(data: PersonData, *, actor: Actor) -> _Known | None:
    ours = Person.objects.filter(authority_id=actor.authority_id).select_for_update()
    known = ours.filter(document_hash=data.document).first()
    if known is None:
        return None
    return _Known(ours.get(id=known.merged_into_id) if known.merged_into_id else known, known.name)


def _name_problem(known: _Known, data: PersonData, actor: Actor) -> Problem | None:
    """The other name is told to whoever sees the file."""
    if is_same_name(known.name, data.name):
        return None
    seen = Person.objects.visible_to(actor).filter(id=known.person.id).exists()
    return Problem("number_of_other", {"name": known.name}) if seen else Problem("known_by_other_name")


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


def _corrected(known: _Known, data: PersonData, *, op: Operation) -> Person:
    """The same person again. What was left empty now stays as it was."""
    before = data_of(known.person)
    said = {name: getattr(data, name) for name in PersonData.__dataclass_fields__ if getattr(data, name)}
    if data.document != before.document:
        # Found by the number of a file that was merged into this one: number and name stay there.
        said = {name: value for name, value in said.items() if name not in OF_THE_NUMBER}
    apply(known.person, replace(before, **said), op=op)
    return known.person
