"""Writing a judged list into the register: all of it in one stroke, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import local_date
from fugong.core.importing.closing import close
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict
from fugong.enterprises import facts
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.operations.counts import CountKey, adjust_counts
from fugong.enterprises.operations.grams import add_grams, remove_many_grams
from fugong.enterprises.operations.history import start_of
from fugong.enterprises.operations.importing import bulk


class RegisterMoved(Conflict):
    """Somebody has entered or changed enterprises of this list since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("The register has changed since the file was read. Hand it in again; nothing was taken over."),
            code="register_moved",
        )


def take(batch: ImportBatch, op: Operation) -> None:
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
    close(ImportRow, batch, op=op)
    numbers = {"new": batch.new, "changed": batch.changed}
    said = {"file": batch.file_name, "sha256": batch.sha256, **numbers, "left_out": batch.refused}
    op.audit(batch, {**said, "rows_digest": _first(bulk.DIGEST, given)})
    op.fact(facts.ENTERPRISES_IMPORTED, {"batch": str(batch.id), **numbers})


def _write(given: Mapping[str, Any]) -> None:
    """A code that somebody enters at this very moment meets the constraint: nothing of the list is kept."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (bulk.UPDATE, bulk.INSERT, bulk.INSERT_EVENTS, bulk.INSERT_STANDING):
                cursor.execute(statement, given)
    except IntegrityError:
        raise RegisterMoved() from None


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
