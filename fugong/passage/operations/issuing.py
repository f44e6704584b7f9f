"""A phone may show a code: for some days, and no longer than it stands for its person."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.passage.models import PhoneCode, ShiftHours
from fugong.passage.operations.keys import KeyInUse, ensure_key
from fugong.passage.operations.places import place_number
from fugong.passage.rules.codes import Claim, certified, minute_of, moment_of, phone_key
from fugong.passage.rules.deciding import Hours
from fugong.passage.rules.issuing import DEVICE_BYTES, MOST_A_DAY, PUBLIC_KEY_BYTES
from fugong.people import operations as people
from fugong.people import queries as known
from fugong.people.queries import AtWork


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """All that a phone needs to show a code without a network. `mac_key` is told once and kept nowhere."""

    claim: Claim
    mac_key: bytes
    certificate: bytes


def issue_code(phone_id: UUID, public_key: bytes, *, actor: Actor, now: datetime) -> Issued:
    """For the worker on this phone, whose page keeps the private half of `public_key`.

    Raises NotPermitted where the phone does not stand for whoever acts, Invalid for what is no key, Conflict
    when the phone has had too many today.
    """
    with operation("passage.issue_code", actor=actor, now=now) as op:
        if actor.person_id is None:
            raise NotPermitted()
        people.hold_phone(phone_id, op=op)
        _check_key(public_key)
        _check_number(phone_id, op=op)
        work = known.at_work([actor.person_id], actor=actor)[actor.person_id]
        key = ensure_key(op=op)
        claim = _claimed(work, key, op=op)
        row = PhoneCode.objects.create(
            authority_id=actor.authority_id,
            person_id=actor.person_id,
            phone=phone_id,
            device=claim.device,
            key=key.row,
            public=public_key,
            issued_at=now,
            valid_until=moment_of(claim.valid_until),
        )
        op.audit(row, {"phone": str(phone_id), "key": key.number, "valid_until": row.valid_until})
        return Issued(claim, phone_key(key.secret, claim), key.signing.sign(certified(claim, public_key)))


def revoke_codes_of(phone_id: UUID, authority_id: UUID, *, now: datetime) -> int:
    """The phone no longer stands for its person: every code it still has is refused. Returns how many."""
    rows = PhoneCode.objects.filter(
        authority_id=authority_id, phone=phone_id, revoked_at=None, valid_until__gt=now
    )
    if not rows.exists():
        return 0
    with operation("passage.revoke_codes", actor=system_actor(authority_id, "passage"), now=now) as op:
        revoked = list(rows.select_for_update(no_key=True))
        for row in revoked:
            row.revoked_at = now
        PhoneCode.objects.bulk_update(revoked, ["revoked_at"])
        op.audit_each((row, {"revoked_at": now}) for row in revoked)
        if not revoked:
            op.audit(None, {"phone": str(phone_id)})
        return len(revoked)


def _check_key(public_key: bytes) -> None:
    try:
        if len(public_key) != PUBLIC_KEY_BYTES:
            raise ValueError("a key of another length")
        Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError:
        sentence = _("What this browser sent is no key. Load the page again.")
        raise Invalid(sentence, code="bad_key", fields={"public_key": sentence}) from None


def _check_number(phone_id: UUID, *, op: Operation) -> None:
    rows = PhoneCode.objects.filter(
        authority_id=op.actor.authority_id,
        phone=phone_id,
        issued_at__gt=op.now - timedelta(days=1),
    )
    if rows.count() >= MOST_A_DAY:
        sentence = _(
            "This phone has asked for too many codes today. The one it has stays good until its end."
        )
        raise Conflict(sentence, code="too_many_codes")


def _claimed(work: AtWork, key: KeyInUse, *, op: Operation) -> Claim:
    place_id = work.place.id if work.place else None
    return Claim(
        key_id=key.number,
        person=work.person_id,
        device=secrets.token_bytes(DEVICE_BYTES),
        valid_until=minute_of(op.now + timedelta(days=settings.FUGONG_CODE_DAYS)),
        place=place_number(place_id, op=op) if place_id else 0,
        hours=_hours(place_id, work.shift, op=op) if place_id and work.shift else None,
    )


def _hours(enterprise_id: UUID, shift: str, *, op: Operation) -> Hours | None:
    rows = ShiftHours.objects.filter(
        authority_id=op.actor.authority_id, enterprise_id=enterprise_id, shift=shift
    )
    return rows.values_list("starts", "ends").first()
