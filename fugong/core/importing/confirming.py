"""Taking a judged list over: all of it in one stroke, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.importing import later
from fugong.core.importing.choices import BatchState
from fugong.core.importing.ending import locked_batch
from fugong.core.importing.kinds import ListKind
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict


def confirm(kind: ListKind, batch_id: UUID, *, waits: bool = True, op: Operation) -> Any:
    """Takes the list over; a long one is left to the worker, or without `waits` to the caller.

    Raises Conflict for one that is not waiting.
    """
    batch = locked_batch(kind, batch_id, op=op)
    _check_waits(kind, batch, now=op.now)
    if kind.to_take(batch) > later.AT_ONCE:
        batch.state, batch.failure = BatchState.CONFIRMING, ""
        batch.save(update_fields=["state", "failure"])
        if waits:
            later.defer(kind.take_over_task, batch, actor=op.actor)
        op.audit(batch, {"state": [BatchState.READ, BatchState.CONFIRMING]})
    else:
        kind.take(batch, op)
    return batch


def take_over(kind: ListKind, batch_id: UUID, *, check: Callable[[Actor], None], op: Operation) -> None:
    """The worker's part of a confirmation. Safe to run again: a batch that does not wait for it is left.

    `check` raises for who may not do it any more.
    """
    batch = locked_batch(kind, batch_id, op=op)
    if batch.state != BatchState.CONFIRMING:
        op.audit(batch, {}, note="not waiting")
    else:
        check(op.actor)
        kind.take(batch, op)


def put_back(kind: ListKind, batch_id: UUID, *, code: str, op: Operation) -> None:
    """After a refusal: the list waits again, and says why."""
    batch = locked_batch(kind, batch_id, op=op)
    batch.state, batch.failure = BatchState.READ, code
    batch.save(update_fields=["state", "failure"])
    op.audit(batch, {"state": [BatchState.CONFIRMING, BatchState.READ]}, note=code)


def _check_waits(kind: ListKind, batch: Any, *, now: datetime) -> None:
    if batch.state == BatchState.CONFIRMED:
        raise Conflict(_("This list was taken over already."), code="confirmed_before")
    if batch.expires_at <= now or batch.state == BatchState.EXPIRED:
        raise Conflict(_("This list has expired. Hand the file in again."), code="expired")
    if batch.state != BatchState.READ:
        raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
    if not kind.to_take(batch):
        raise Conflict(_("There is nothing to take over in this list."), code="nothing_new")
