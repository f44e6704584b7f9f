"""A person registers from a phone, without an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import system_actor
from fugong.core.names import tidy
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.people.choices import RegistrationState
from fugong.people.models import Device, RegistrationCode, SelfRegistration
from fugong.people.operations.checks import checked, refusal_of
from fugong.people.operations.confirm_duties import owe_confirmation
from fugong.people.queries.codes import find_open_code
from fugong.people.rules.consent import current_version
from fugong.people.rules.data import LIMITS
from fugong.people.rules.problems import Problem
from fugong.people.rules.self_registering import WAITS, Said
from fugong.people.rules.tokens import Token

ACTS_AS = "own phone"


class CodeClosed(NotFound):
    """The poster was renewed, has ended, or never was one."""

    def __init__(self) -> None:
        sentence = _("This code is no longer valid. Scan the poster that hangs at your enterprise now.")
        super().__init__(sentence, code="code_closed")


class PhoneTaken(Conflict):
    """The token belongs to a phone that stood for somebody already. The caller draws another one."""

    def __init__(self) -> None:
        super().__init__(_("Send it once more."), code="phone_taken")


def self_register(
    poster: Token, phone: Token, said: Said, *, consent: str, now: datetime
) -> SelfRegistration:
    """Keeps what was given until the enterprise confirms it; sent again from the same phone, the same row.

    It looks at no person's file, so that neither its answer nor its time tells whether there is one. Raises
    CodeClosed, Invalid with the fields at fault, PhoneTaken.
    """
    actor = system_actor(poster.authority_id, ACTS_AS)
    with operation("people.self_register", actor=actor, now=now) as op:
        code = find_open_code(poster, now=now)
        if code is None or phone.authority_id != poster.authority_id:
            raise CodeClosed()
        if consent != current_version():
            raise _no_consent()
        said = _checked(said, now=now)
        device = _device(phone, op=op)
        row, is_new = _kept(code, device, said, consent=consent, op=op)
        op.audit(row, {"enterprise": str(code.enterprise_id), "consent": consent, "again": not is_new})
        owe_confirmation(code.enterprise, op=op)
        return row


def _no_consent() -> Invalid:
    sentence = _("Read the notice and agree to it, or ask your enterprise for a paper sheet.")
    return Invalid(sentence, code="no_consent", fields={"consent": sentence})


def _checked(said: Said, *, now: datetime) -> Said:
    work = {name: tidy(getattr(said, name)) for name in ("post", "shift", "crew")}
    long = {
        name: Problem("too_long", {"limit": LIMITS[name]}) for name in work if len(work[name]) > LIMITS[name]
    }
    if long:
        raise refusal_of(long)
    return replace(said, person=checked(said.person, now=now), **work)


def _device(phone: Token, *, op: Operation) -> Device:
    """The phone's row, held: two sendings of one form come one after the other."""
    fresh = Device(
        authority_id=phone.authority_id, token_hash=phone.hashed, opened_at=op.now, last_seen_at=op.now
    )
    Device.objects.bulk_create([fresh], ignore_conflicts=True)
    rows = Device.objects.filter(authority_id=phone.authority_id, token_hash=phone.hashed)
    device = rows.select_for_update().get()
    if device.person_id is not None or device.ended_at is not None:
        raise PhoneTaken()
    return device


def _kept(
    code: RegistrationCode, device: Device, said: Said, *, consent: str, op: Operation
) -> tuple[SelfRegistration, bool]:
    """What was given last from this phone is what waits."""
    waiting = SelfRegistration.objects.filter(
        authority_id=code.authority_id, device=device, state=RegistrationState.WAITING
    )
    row = waiting.select_for_update().first()
    is_new = row is None
    row = row or SelfRegistration(authority_id=code.authority_id, device=device)
    row.code, row.enterprise_id = code, code.enterprise_id
    row.document, row.said = said.person.document, said.written()
    row.consent_version, row.consented_at = consent, op.now
    row.given_at, row.expires_at = op.now, op.now + WAITS
    row.is_elsewhere = False
    row.save(force_insert=is_new)
    return row, is_new
