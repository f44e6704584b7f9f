"""Lists that are not taken over: discarded, or out of time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.enterprises import permissions
from fugong.enterprises.choices import BatchState
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.importing.confirming import locked_batch

UNDECIDED = (BatchState.READING, BatchState.READ, BatchState.CONFIRMING)
"""A list being taken over is among them: its job may have failed for good. While the job writes it holds the
batch, and it writes all or nothing; so a list that can be had here is not half on the register."""


def discard_import(batch_id: UUID, *, actor: Actor, now: datetime) -> ImportBatch:
    """The rows are removed; that the file was handed in stays. A worker at it gives up."""
    with operation("enterprises.import_discard", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        batch = locked_batch(batch_id, actor=actor)
        before = batch.state
        if before not in UNDECIDED:
            raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
        _forget([batch], BatchState.DISCARDED)
        op.audit(batch, {"state": [before, BatchState.DISCARDED]})
    return batch


def expire_imports(authority_id: UUID, *, now: datetime) -> int:
    """Removes the rows of lists that nobody confirmed in time; gives how many lists. Safe to run again."""
    system = system_actor(authority_id, "clock")
    with acting_for(authority_id):
        if not _expired(authority_id, now).exists():
            return 0
    with operation("enterprises.import_expire", actor=system, now=now) as op:
        forgotten = forget_expired(authority_id, now=now)
        op.audit(None, {"lists": forgotten})
    return forgotten


def forget_expired(authority_id: UUID, *, now: datetime) -> int:
    """Those that somebody holds at this moment are being decided, and are left to that."""
    batches = list(_expired(authority_id, now).defer("content").select_for_update(skip_locked=True))
    _forget(batches, BatchState.EXPIRED)
    return len(batches)


def _expired(authority_id: UUID, now: datetime) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(authority_id=authority_id, state__in=UNDECIDED, expires_at__lte=now)


def _forget(batches: list[ImportBatch], state: BatchState) -> None:
    for batch in batches:
        ImportRow.objects.filter(batch=batch).delete()
        batch.state, batch.content = state, ""
        batch.save(update_fields=["state", "content"])
