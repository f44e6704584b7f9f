"""Thermometers that report by themselves: their keys, and what they send."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.enterprises import queries as enterprises
from fugong.health.models import Kiosk
from fugong.health.permissions import may_keep_kiosks

SEPARATOR: Final = "."


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """The token is shown once: only its hash is kept."""

    kiosk: Kiosk
    token: str


def issue_kiosk(enterprise_id: UUID, name: str, *, actor: Actor, now: datetime) -> Issued:
    """Raises NotFound, NotPermitted, Invalid without a name, Conflict for a name in use."""
    with operation("health.issue_kiosk", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        if not may_keep_kiosks(actor, place):
            raise NotPermitted()
        if not name.strip():
            sentence = _("Give it a name.")
            raise Invalid(sentence, code="no_name", fields={"name": sentence})
        id_, secret = new_id(), secrets.token_urlsafe(32)
        kiosk = Kiosk(
            id=id_,
            authority_id=actor.authority_id,
            enterprise_id=enterprise_id,
            name=name.strip()[:60],
            token_hash=_hashed(secret),
            issued_at=now,
            issued_by=actor.user_id,
            issued_by_name=actor.name,
        )
        try:
            with transaction.atomic():
                kiosk.save(force_insert=True)
        except IntegrityError as error:
            sentence = _("This enterprise has a thermometer of that name.")
            raise Conflict(sentence, code="name_taken", fields={"name": sentence}) from error
        op.audit(kiosk, {"enterprise": str(enterprise_id), "name": kiosk.name})
        return Issued(kiosk, SEPARATOR.join((actor.authority_id.hex, id_.hex, secret)))


def revoke_kiosk(kiosk_id: UUID, *, actor: Actor, now: datetime) -> Kiosk:
    """Its key opens nothing any more, at once. Raises NotFound, NotPermitted; again changes nothing."""
    with operation("health.revoke_kiosk", actor=actor, now=now) as op:
        rows = Kiosk.objects.filter(authority_id=actor.authority_id, id=kiosk_id).select_for_update()
        kiosk = rows.first()
        if kiosk is None:
            raise NotFound()
        if not may_keep_kiosks(actor, enterprises.get_enterprise(actor, kiosk.enterprise_id)):
            raise NotPermitted()
        if kiosk.revoked_at is None:
            kiosk.revoked_at, kiosk.revoked_by, kiosk.revoked_by_name = now, actor.user_id, actor.name
            kiosk.save(update_fields=["revoked_at", "revoked_by", "revoked_by_name"])
        op.audit(kiosk, {"revoked_at": now.isoformat()})
        return kiosk


def find_kiosk(token: str) -> Kiosk | None:
    """None for a token that is malformed, unknown or revoked: which of them is not told."""
    parts = token.split(SEPARATOR)
    if len(parts) != 3:
        return None
    try:
        authority_id, kiosk_id = UUID(hex=parts[0]), UUID(hex=parts[1])
    except ValueError:
        return None
    with acting_for(authority_id):
        kiosk = Kiosk.objects.filter(authority_id=authority_id, id=kiosk_id, revoked_at=None).first()
    if kiosk is None or not hmac.compare_digest(bytes(kiosk.token_hash), _hashed(parts[2])):
        return None
    return kiosk


def _hashed(secret: str) -> bytes:
    """Of 256 random bits: nobody guesses them, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).digest()
