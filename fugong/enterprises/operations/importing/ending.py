"""Lists that are not taken over: discarded, or out of time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.enterprises import permissions
from fugong.enterprises.choices import BatchState
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.importing.confirming import locked_batch

WAITING = (BatchState.READING, BatchState.READ)


def discard_import(batch_id: UUID, *, actor: Actor, now: datetime) -> ImportBatch:
    """The rows are removed; that the file was handed in stays."""
    with operation("enterprises.import_discard", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        batch = locked_batch(batch_id, actor=actor)
        if batch.state not in WAITING:
            raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
        _forget([batch], BatchState.DISCARDED)
        op.audit(batch, {"state": [BatchState.READ, BatchState.DISCARDED]})
    return batch


def expire_imports(authority_id: UUID, *, now: datetime) -> int:
    """Removes the rows of lists that nobody confirmed in time; gives how many lists. Safe to run again."""
    if not _expired(authority_id, now):
        return 0
    with operation("enterprises.import_expire", actor=system_actor(authority_id, "clock"), now=now) as op:
        forgotten = forget_expired(authority_id, now=now)
        op.audit(None, {"lists": forgotten})
    return forgotten


def forget_expired(authority_id: UUID, *, now: datetime) -> int:
    batches = _expired(authority_id, now)
    _forget(batches, BatchState.EXPIRED)
    return len(batches)


def _expired(authority_id: UUID, now: datetime) -> list[ImportBatch]:
    rows = ImportBatch.objects.filter(authority_id=authority_id, state__in=WAITING, expires_at__lte=now)
    return list(rows.defer("content"))


def _forget(batches: list[ImportBatch], state: BatchState) -> None:
    for batch in batches:
        ImportRow.objects.filter(batch=batch).delete()
        batch.state, batch.content = state, ""
        batch.save(update_fields=["state", "content"])
