"""Lists that are not taken over: discarded, or out of time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor, system_actor
from fugong.core.importing.ending import discard, forget_expired, has_expired
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.enterprises import permissions
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.operations.importing.kind import LISTS


def discard_import(batch_id: UUID, *, actor: Actor, now: datetime) -> ImportBatch:
    """The rows are removed; that the file was handed in stays. A worker at it gives up."""
    with operation("enterprises.import_discard", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        batch: ImportBatch = discard(LISTS, batch_id, op=op)
    return batch


def expire_imports(authority_id: UUID, *, now: datetime) -> int:
    """Removes the rows of lists that nobody confirmed in time; gives how many lists. Safe to run again."""
    with acting_for(authority_id):
        if not has_expired(LISTS, authority_id, now=now):
            return 0
    system = system_actor(authority_id, "clock")
    with operation("enterprises.import_expire", actor=system, now=now) as op:
        forgotten = forget_expired(LISTS, authority_id, now=now)
        op.audit(None, {"lists": forgotten})
    return forgotten
