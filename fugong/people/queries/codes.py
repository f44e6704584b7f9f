"""The codes by which people register themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for
from fugong.people.models import RegistrationCode
from fugong.people.rules.tokens import Token

PATH = "/r/{token}/"


def find_open_code(poster: Token, *, now: datetime) -> RegistrationCode | None:
    """With its enterprise; None where it was renewed, is over, or the enterprise has left."""
    with acting_for(poster.authority_id):
        rows = RegistrationCode.objects.filter(
            authority_id=poster.authority_id, key=poster.secret.hex(), closed_at=None
        )
        code = rows.select_related("enterprise").first()
    if code is None or code.ends_on <= local_date(now) or code.enterprise.left_on is not None:
        return None
    return code


def find_code_of(actor: Actor, enterprise_id: UUID) -> RegistrationCode | None:
    """The one that is not closed, also when its last day is over. The caller checks who may see it."""
    rows = RegistrationCode.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, closed_at=None
    )
    return rows.first()


def address_of(code: RegistrationCode) -> str:
    """What the QR code says: the whole address, as a phone's camera opens it."""
    token = Token(code.authority_id, bytes.fromhex(code.key))
    return settings.FUGONG_PUBLIC_URL + PATH.format(token=token)
