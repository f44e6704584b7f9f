"""Correcting what a file says of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotPermitted
from fugong.enterprises import queries as enterprises
from fugong.people import facts
from fugong.people.models import Person
from fugong.people.operations.checks import KnownElsewhere, checked, columns_of, locked, shown
from fugong.people.operations.grams import index_names_anew
from fugong.people.operations.work_events import note_person
from fugong.people.permissions import REGISTER, check_may_register_at
from fugong.people.queries.people import data_of
from fugong.people.rules.data import PersonData, differences


def correct(person_id: UUID, data: PersonData, *, seen_at: datetime, actor: Actor, now: datetime) -> Person:
    """`seen_at` is the file's `changed_at` as the person who corrects it saw it.

    Locks the person. Raises NotFound, NotPermitted, Invalid with the fields at fault, KnownElsewhere for a
    number that belongs to another file, Conflict when somebody else was quicker.
    """
    with operation("people.correct", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        check_may_keep(person, actor)
        if person.changed_at != seen_at:
            raise Conflict(_("Somebody else has changed this file. Load it again."), code="overtaken")
        apply(person, checked(data, now=now), op=op)
        return person


def apply(person: Person, data: PersonData, *, op: Operation) -> None:
    """Writes what differs, with its audit row; nothing but the row where nothing does."""
    before = data_of(person)
    changed = differences(before, data)
    changes = {
        name: [shown(name, getattr(before, name)), shown(name, getattr(data, name))] for name in changed
    }
    op.audit(person, changes)
    if not changed:
        return
    for name, value in columns_of(data).items():
        setattr(person, name, value)
    person.changed_at = op.now
    _save(person)
    if "home_region" in changed:
        note_person(person.id, op=op)
    if "name" in changed:
        index_names_anew(person.authority_id, [person.id])
    op.fact(facts.PERSON_CORRECTED, {"person": str(person.id), "fields": list(changed)})


def check_may_keep(person: Person, actor: Actor) -> None:
    """Where the person works; of somebody employed nowhere, only whoever keeps files everywhere."""
    if person.enterprise_id is not None:
        check_may_register_at(actor, enterprises.get_enterprise(actor, person.enterprise_id))
    elif not actor.is_system and not (actor.may(REGISTER) and actor.reach(REGISTER).everywhere):
        raise NotPermitted()


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise KnownElsewhere() from None
