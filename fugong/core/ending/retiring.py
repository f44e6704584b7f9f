"""Master keys taken out of service, so that what they wrapped in older copies opens no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from fugong.core import key_rotation
from fugong.core.actor import system_actor
from fugong.core.audit.sealing import MAC_PURPOSE
from fugong.core.operation import operation
from fugong.core.sealed import add_master_key, key_ring, retire_master_key


def retire_masters(authorities: Iterable[UUID], *, now: datetime) -> list[str]:
    """A new master key for all living data keys of this installation, and none but it. Returns the retired.

    Of each retired key stays what proves the seals of the trail; that opens nothing. Copies of the old ones
    elsewhere (`fugong keys backup`) have to be destroyed by hand.
    """
    old = set(key_ring().keys)
    add_master_key(key_ring().folder)
    for authority_id in authorities:
        actor = system_actor(authority_id, "command line")
        key_rotation.rewrap_keys(actor=actor, now=now)
        with operation("keys.retire_masters", actor=actor, now=now) as op:
            op.audit(None, {"keys": sorted(old)})
    for fingerprint in sorted(old):
        retire_master_key(key_ring().folder, fingerprint, purposes=(MAC_PURPOSE,))
    return sorted(old)
