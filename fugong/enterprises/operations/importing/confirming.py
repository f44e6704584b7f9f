"""Taking a judged list over into the register: all of it in one stroke, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.horizon import Overtaken
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotFound, Refused
from fugong.enterprises import facts, permissions
from fugong.enterprises.choices import BatchState, RowOutcome
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.counts import CountKey, adjust_counts
from fugong.enterprises.operations.grams import add_grams, remove_many_grams
from fugong.enterprises.operations.history import start_of
from fugong.enterprises.operations.importing import bulk, later


class RegisterMoved(Conflict):
    """Somebody has entered or changed enterprises of this list since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("The register has changed since the file was read. Hand it in again; nothing was taken over."),
            code="register_moved",
        )


def confirm_import(batch_id: UUID, *, actor: Actor, now: datetime) -> ImportBatch:
    """Takes the list over; a long one is left to the worker. Raises Conflict for one that is not waiting."""
    with operation("enterprises.import_confirm", actor=actor, now=now) as op:
        permissions.check_may_import(actor)
        batch = locked_batch(batch_id, actor=actor)
        _check_waits(batch, now=now)
        if batch.new + batch.changed > later.AT_ONCE:
            batch.state, batch.failure = BatchState.CONFIRMING, ""
            batch.save(update_fields=["state", "failure"])
            later.defer(later.TAKE_OVER, batch, actor=actor)
            op.audit(batch, {"state": [BatchState.READ, BatchState.CONFIRMING]})
        else:
            _take_over(batch, op=op)
    return batch


def take_over(batch_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The worker's part of a confirmation. A refusal puts the batch back to wait, with its code.

    Safe to run again: a batch that is not being taken over is left alone. Raises Overtaken when a bulletin
    was composed at that moment: then it is to be called again.
    """
    try:
        with operation("enterprises.import_take_over", actor=actor, now=now) as op:
            batch = locked_batch(batch_id, actor=actor)
            if batch.state != BatchState.CONFIRMING:
                op.audit(batch, {}, note="not waiting")
                return
            permissions.check_may_import(actor)
            _take_over(batch, op=op)
    except Overtaken:
        raise
    except Refused as refusal:
        with operation("enterprises.import_put_back", actor=actor, now=now) as op:
            batch = locked_batch(batch_id, actor=actor)
            batch.state, batch.failure = BatchState.READ, refusal.code
            batch.save(update_fields=["state", "failure"])
            op.audit(batch, {"state": [BatchState.CONFIRMING, BatchState.READ]}, note=refusal.code)


def locked_batch(batch_id: UUID, *, actor: Actor) -> ImportBatch:
    batch = ImportBatch.objects.visible_to(actor).select_for_update().filter(id=batch_id).first()
    if batch is None:
        raise NotFound()
    return batch


def _check_waits(batch: ImportBatch, *, now: datetime) -> None:
    if batch.state == BatchState.CONFIRMED:
        raise Conflict(_("This list was taken over already."), code="confirmed_before")
    if batch.expires_at <= now or batch.state == BatchState.EXPIRED:
        raise Conflict(_("This list has expired. Hand the file in again."), code="expired")
    if batch.state != BatchState.READ:
        raise Conflict(_("This list is not waiting for a confirmation."), code="not_waiting")
    if not batch.new + batch.changed:
        raise Conflict(_("There is nothing to take over in this list."), code="nothing_new")


def _take_over(batch: ImportBatch, *, op: Operation) -> None:
    """Enterprises are locked by id, counters last, as in every other operation of the register."""
    given = {
        "authority": batch.authority_id,
        "batch": batch.id,
        "now": op.now,
        "user": op.actor.user_id,
        "today": start_of(local_date(op.now)),
    }
    if _first(bulk.LOCK_AND_COUNT_MOVED, given):
        raise RegisterMoved()
    counts: Counter[CountKey] = Counter()
    counts.subtract(_counted(bulk.COUNT_CHANGED, given))
    renamed = _column(bulk.RENAMED, given)
    remove_many_grams(batch.authority_id, renamed)
    _write(given)
    counts.update(_counted(bulk.COUNT_CHANGED, given))
    counts.update(_counted(bulk.COUNT_NEW, given))
    add_grams(batch.authority_id, [*renamed, *_column(bulk.NEW_IDS, given)])
    adjust_counts(batch.authority_id, counts)
    _close(batch, op=op, digest=_first(bulk.DIGEST, given))


def _write(given: Mapping[str, Any]) -> None:
    """A code that somebody enters at this very moment meets the constraint: nothing of the list is kept."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (bulk.UPDATE, bulk.INSERT, bulk.INSERT_EVENTS, bulk.INSERT_STANDING):
                cursor.execute(statement, given)
    except IntegrityError:
        raise RegisterMoved() from None


def _close(batch: ImportBatch, *, op: Operation, digest: str) -> None:
    left_out = ImportRow.objects.filter(batch=batch, outcome__in=[RowOutcome.UNCHANGED, RowOutcome.REFUSED])
    left_out.delete()
    batch.state, batch.failure = BatchState.CONFIRMED, ""
    batch.confirmed_at, batch.confirmed_by = op.now, op.actor.user_id
    batch.save(update_fields=["state", "failure", "confirmed_at", "confirmed_by"])
    numbers = {"new": batch.new, "changed": batch.changed, "left_out": batch.refused}
    op.audit(batch, {"file": batch.file_name, "sha256": batch.sha256, **numbers, "rows_digest": digest})
    op.fact(facts.ENTERPRISES_IMPORTED, {"batch": str(batch.id), "new": batch.new, "changed": batch.changed})


def _first(statement: str, given: Mapping[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
        return row[0] if row else None


def _column(statement: str, given: Mapping[str, Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [row[0] for row in cursor.fetchall()]


def _counted(statement: str, given: Mapping[str, Any]) -> Counter[CountKey]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return Counter({CountKey(*row[:4]): row[4] for row in cursor.fetchall()})
