"""Reading thermometers."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.health.models import Kiosk


def list_kiosks(enterprise_id: UUID, *, actor: Actor) -> list[Kiosk]:
    """Those in use first. The caller answers for who may keep them."""
    rows = Kiosk.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    return sorted(rows, key=lambda kiosk: (kiosk.revoked_at is not None, kiosk.name))
