"""Lists that are not taken over: discarded, or out of time. And what confirmed ones need not keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fugong.core.importing.choices import REFUSED, BatchState
from fugong.core.importing.kinds import ListKind
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict, NotFound

UNDECIDED: Final = (BatchState.READING, BatchState.READ, BatchState.CONFIRMING)
"""A list being taken over is among them: its job may have failed for good. While the job writes it holds the
batch, and it writes all or nothing; so a list that can be had here is not half taken over."""


def locked_batch(kind: ListKind, batch_id: UUID, *, op: Operation) -> Any:
    """Raises NotFound, also for a list the actor may not see."""
    rows = kind.batches.objects.visible_to(op.actor)
    batch = rows.select_for_update().filter(id=batch_id).first()
    if batch is None:
        raise NotFound()
    return batch


def discard(kind: ListKind, batch_id: UUID, *, op: Operation) -> Any:
    """The rows are removed; that the file was handed in stays. A worker at it gives up."""
    batch = locked_batch(kind, batch_id, op=op)
    before = batch.state
    if before not in UNDECIDED:
        raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
    _forget(kind, batch, BatchState.DISCARDED)
    op.audit(batch, {"state": [before, BatchState.DISCARDED]})
    return batch


def has_expired(kind: ListKind, authority_id: UUID, *, now: datetime) -> bool:
    """Whether `forget_expired` has anything to do."""
    return _expired(kind, authority_id, now).exists() or _unswept(kind, authority_id, now).exists()


def forget_expired(kind: ListKind, authority_id: UUID, *, now: datetime) -> int:
    """Removes the rows of lists nobody confirmed in time; gives how many lists. Safe to run again.

    Those that somebody holds at this moment are being decided, and are left to that.
    """
    expired = list(_held(_expired(kind, authority_id, now)))
    for batch in expired:
        _forget(kind, batch, BatchState.EXPIRED)
    for batch in _held(_unswept(kind, authority_id, now)):
        kind.rows.objects.filter(authority_id=authority_id, batch=batch, outcome=REFUSED).delete()
        kind.sweep(batch)
        batch.swept = True
        batch.save(update_fields=["swept"])
    return len(expired)


def _expired(kind: ListKind, authority_id: UUID, now: datetime) -> QuerySet[Any]:
    return _over(kind, authority_id, now).filter(state__in=UNDECIDED)


def _unswept(kind: ListKind, authority_id: UUID, now: datetime) -> QuerySet[Any]:
    return _over(kind, authority_id, now).filter(state=BatchState.CONFIRMED, swept=False)


def _over(kind: ListKind, authority_id: UUID, now: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.batches.objects.filter(authority_id=authority_id, expires_at__lte=now)
    return rows


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.defer("content").select_for_update(skip_locked=True)


def _forget(kind: ListKind, batch: Any, state: BatchState) -> None:
    kind.rows.objects.filter(authority_id=batch.authority_id, batch=batch).delete()
    batch.state, batch.content, batch.swept = state, "", True
    batch.save(update_fields=["state", "content", "swept"])
