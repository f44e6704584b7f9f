"""The enterprise says of a registration whether it is somebody of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound, Refused
from fugong.core.tenancy import acting_for
from fugong.enterprises import queries as enterprises
from fugong.people.choices import Bond, PhoneEnd, Refusal, RegistrationState, Way
from fugong.people.models import Device, Person, SelfRegistration
from fugong.people.operations.checks import EmployedElsewhere
from fugong.people.operations.confirm_duties import owe_move, settle_when_none_waits
from fugong.people.operations.phones import end_phones_of
from fugong.people.operations.registering import register
from fugong.people.permissions import check_may_register_at
from fugong.people.queries.registrations import looks_at, said_in
from fugong.people.rules.self_registering import may_be_confirmed_together

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of several: how many, and what was not done, by the id of the registration."""

    number: int
    refusals: dict[UUID, Refused]


def confirm(registration_id: UUID, *, actor: Actor, now: datetime) -> Person:
    """The person gets a file, or keeps the one there was; the phone stands for the person, and no other.

    Locks the registration. Raises NotFound, NotPermitted, Conflict when it was decided already, and what
    `register` raises: EmployedElsewhere, KnownElsewhere, Invalid.
    """
    with operation("people.confirm", actor=actor, now=now) as op:
        row = _locked(registration_id, actor=actor)
        said = said_in(row)
        known = Person.objects.filter(authority_id=actor.authority_id, document_hash=said.person.document)
        bond = Bond.KNOWN if known.exists() else Bond.OPENED
        work = said.employment(row.enterprise_id, starts_on=local_date(now))
        # Another name is told beside the registration, which is then confirmed by itself alone.
        person = register(said.person, work, way=Way.OWN_PHONE, is_same=True, actor=actor, now=now)
        end_phones_of(person, PhoneEnd.REPLACED, op=op)
        _bind(row.device, person, bond, op=op)
        row.person, row.is_elsewhere = person, False
        _decide(row, RegistrationState.CONFIRMED, op=op)
        op.audit(row, {"person": str(person.id), "bond": bond.value})
        settle_when_none_waits(row.enterprise_id, op=op)
        return person


def confirm_each(ids: Iterable[UUID], *, actor: Actor, now: datetime) -> Confirmed:
    """Each by itself: what one is refused for keeps no other from being confirmed.

    Of several at once those that want a look are left, with the sentence that says so. Somebody whom another
    enterprise employs stays waiting, and the park is told to move the file.
    """
    wanted = list(dict.fromkeys(ids))
    refusals: dict[UUID, Refused] = {}
    unsafe = _unsafe(wanted, actor=actor) if len(wanted) > 1 else frozenset()
    for registration_id in wanted:
        try:
            with transaction.atomic():
                _check_alone(registration_id, unsafe)
                confirm(registration_id, actor=actor, now=now)
        except EmployedElsewhere as refusal:
            _mark_elsewhere(registration_id, actor=actor, now=now)
            refusals[registration_id] = refusal
        except Refused as refusal:
            refusals[registration_id] = refusal
    return Confirmed(len(wanted) - len(refusals), refusals)


def refuse(registration_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """What was given is removed; that there was a registration, and who refused it, stays.

    Locks the registration. Raises NotFound, NotPermitted, Conflict, Invalid without a reason of the list.
    """
    with operation("people.refuse", actor=actor, now=now) as op:
        row = _locked(registration_id, actor=actor)
        if reason not in Refusal.values:
            sentence = _("Choose a reason.")
            raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
        row.refusal = reason
        _forget(row, RegistrationState.REFUSED, PhoneEnd.REFUSED, op=op)
        op.audit(row, {"reason": reason})
        settle_when_none_waits(row.enterprise_id, op=op)


def expire_registrations(authority_id: UUID, *, now: datetime) -> int:
    """Removes what nobody confirmed in time. Safe to stop and to run again; returns how many."""
    actor, number = system_actor(authority_id, "clock"), 0
    while expired := _expire_some(actor, now=now):
        number += expired
    return number


def _expire_some(actor: Actor, *, now: datetime) -> int:
    due = SelfRegistration.objects.filter(
        authority_id=actor.authority_id, state=RegistrationState.WAITING, expires_at__lte=now
    )
    with acting_for(actor.authority_id):
        if not due.exists():
            return 0
    with operation("people.expire_registrations", actor=actor, now=now) as op:
        rows = list(due.select_for_update(of=("self",)).select_related("device")[:AT_ONCE])
        for row in rows:
            _forget(row, RegistrationState.EXPIRED, PhoneEnd.EXPIRED, op=op)
        for enterprise_id in {row.enterprise_id for row in rows}:
            settle_when_none_waits(enterprise_id, op=op)
        op.audit(None, {"number": len(rows)})
        return len(rows)


def _locked(registration_id: UUID, *, actor: Actor) -> SelfRegistration:
    rows = SelfRegistration.objects.filter(authority_id=actor.authority_id, id=registration_id)
    row = rows.select_for_update(of=("self",)).select_related("device").first()
    if row is None:
        raise NotFound()
    check_may_register_at(actor, enterprises.get_enterprise(actor, row.enterprise_id))
    if row.state != RegistrationState.WAITING:
        raise Conflict(_("This registration was decided already."), code="decided")
    return row


def _bind(device: Device, person: Person, bond: Bond, *, op: Operation) -> None:
    device.person, device.bond = person, bond
    device.confirmed_at, device.confirmed_by = op.now, op.actor.user_id
    device.confirmed_by_name = op.actor.name
    device.save(update_fields=["person", "bond", "confirmed_at", "confirmed_by", "confirmed_by_name"])


def _decide(row: SelfRegistration, state: RegistrationState, *, op: Operation) -> None:
    row.state, row.decided_at = state, op.now
    row.decided_by, row.decided_by_name = op.actor.user_id, op.actor.name
    row.save()


def _forget(row: SelfRegistration, state: RegistrationState, why: PhoneEnd, *, op: Operation) -> None:
    row.document, row.said, row.is_elsewhere = "", "", False
    row.device.ended_at, row.device.ended_why = op.now, why
    row.device.save(update_fields=["ended_at", "ended_why"])
    _decide(row, state, op=op)


def _unsafe(ids: list[UUID], *, actor: Actor) -> frozenset[UUID]:
    looks = looks_at(actor, SelfRegistration.objects.filter(authority_id=actor.authority_id, id__in=ids))
    return frozenset(each.row.id for each in looks if not may_be_confirmed_together(each.looks))


def _check_alone(registration_id: UUID, unsafe: frozenset[UUID]) -> None:
    if registration_id in unsafe:
        raise Conflict(_("Look at this one by itself before you confirm it."), code="look_first")


def _mark_elsewhere(registration_id: UUID, *, actor: Actor, now: datetime) -> None:
    with operation("people.ask_for_move", actor=actor, now=now) as op:
        row = _locked(registration_id, actor=actor)
        row.is_elsewhere = True
        row.save(update_fields=["is_elsewhere"])
        op.audit(row, {})
        owe_move(enterprises.get_enterprise(actor, row.enterprise_id), op=op)
