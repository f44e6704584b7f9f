"""When a phone was last seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from fugong.core.tenancy import acting_for
from fugong.people.models import Device

SEEN_EVERY = timedelta(days=1)


def note_seen(device: Device, *, now: datetime) -> None:
    """Once a day at most, and without an audit row: it says that a phone is in use, not what was done."""
    if now - device.last_seen_at < SEEN_EVERY:
        return
    with acting_for(device.authority_id):
        rows = Device.objects.filter(authority_id=device.authority_id, id=device.id)
        rows.filter(last_seen_at__lt=now).update(last_seen_at=now)
