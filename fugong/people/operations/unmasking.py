"""Reading a number in full: an act with a reason, which the person can ask about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Invalid, NotPermitted
from fugong.enterprises import queries as enterprises
from fugong.people.choices import UnmaskReason
from fugong.people.operations.checks import locked
from fugong.people.permissions import may_call_at, may_unmask_at


@dataclass(frozen=True, slots=True, repr=False)
class Unmasked:
    """To be shown once and kept nowhere."""

    document: str
    phone: str


def unmask(person_id: UUID, *, reason: str, actor: Actor, now: datetime) -> Unmasked:
    """Raises NotFound, NotPermitted, and Invalid without a reason of the list."""
    with operation("people.unmask", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        place = enterprises.get_enterprise(actor, person.enterprise_id) if person.enterprise_id else None
        if not may_unmask_at(actor, place):
            raise NotPermitted()
        if reason not in UnmaskReason.values:
            sentence = _("Choose a reason.")
            raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
        op.audit(person, {"reason": reason})
        return Unmasked(str(person.document), str(person.phone))


def read_phone(person_id: UUID, *, actor: Actor, now: datetime) -> str:
    """The telephone number alone, to call it: an act that stands in the file as reading in full does.

    Raises NotFound, NotPermitted.
    """
    with operation("people.read_phone", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        place = enterprises.get_enterprise(actor, person.enterprise_id) if person.enterprise_id else None
        if not may_call_at(actor, place):
            raise NotPermitted()
        op.audit(person, {"reason": UnmaskReason.CALL.value})
        return str(person.phone)
