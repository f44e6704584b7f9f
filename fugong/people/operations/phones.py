"""A phone no longer stands for a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotPermitted
from fugong.enterprises import queries as enterprises
from fugong.people import facts
from fugong.people.choices import PhoneEnd
from fugong.people.models import Device, Person
from fugong.people.operations.checks import locked
from fugong.people.permissions import REGISTER, check_may_register_at


def end_phone(person_id: UUID, *, why: PhoneEnd = PhoneEnd.LOST, actor: Actor, now: datetime) -> None:
    """By whoever keeps the file, when a phone was lost or passed on, and by the person.

    Locks the person. Raises NotFound, NotPermitted, Conflict where there is no phone.
    """
    with operation("people.end_phone", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        _check_may(person, actor)
        why = PhoneEnd.BY_PERSON if actor.person_id is not None else why
        if not end_phones_of(person, why, op=op):
            raise Conflict(_("No phone is registered for this person."), code="no_phone")
        op.audit(person, {"why": why.value})


def end_phones_of(person: Person, why: PhoneEnd, *, op: Operation) -> int:
    """For operations that audit it themselves. Returns how many there were."""
    rows = Device.objects.filter(authority_id=person.authority_id, person=person, ended_at=None)
    phones = list(rows.values_list("id", flat=True))
    rows.update(ended_at=op.now, ended_why=why)
    op.fact_each(facts.PHONE_ENDED, [{"phone": str(phone)} for phone in phones])
    return len(phones)


def hold_phone(phone_id: UUID, *, op: Operation) -> None:
    """For operations of contexts above: until their end the phone is the worker's who acts, and whoever ends
    it waits. Raises NotPermitted.
    """
    rows = Device.objects.filter(authority_id=op.actor.authority_id, id=phone_id, ended_at=None)
    device = rows.select_for_update(of=("self",), no_key=True).select_related("person").first()
    person = device.person if device else None
    if person is None or op.actor.person_id != (person.merged_into_id or person.id):
        raise NotPermitted(_("This phone no longer stands for you."), code="phone_ended")


def _check_may(person: Person, actor: Actor) -> None:
    if actor.person_id is not None:
        return
    if person.enterprise_id is not None:
        check_may_register_at(actor, enterprises.get_enterprise(actor, person.enterprise_id))
    elif not actor.is_system and not (actor.may(REGISTER) and actor.reach(REGISTER).everywhere):
        raise NotPermitted()
