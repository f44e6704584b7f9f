"""Writing a judged list into the files: all of it in one stroke, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.importing.closing import close
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict
from fugong.people import facts
from fugong.people.models import ImportBatch, ImportRow
from fugong.people.operations.grams import index_names_anew
from fugong.people.operations.importing import bulk
from fugong.people.operations.importing.places import Places
from fugong.people.operations.work_events import note_work

Given = Mapping[str, Any]


FILES_MOVED = _("Somebody is opening files of the same people at this moment. Confirm again.")


class FilesMoved(Conflict):
    """Somebody opened files for the same numbers while these were written."""

    def __init__(self) -> None:
        super().__init__(FILES_MOVED, code="files_moved")


def take(batch: ImportBatch, op: Operation) -> None:
    """People are locked by id. What was changed meanwhile is left out and told, not overwritten."""
    given = {
        "authority": batch.authority_id,
        "batch": batch.id,
        "now": op.now,
        "user": op.actor.user_id,
        "user_name": op.actor.name,
        "way": batch.way,
    }
    _run(bulk.LOCK, given)
    _run(bulk.LEAVE_OUT_CHANGED, given)
    _leave_out_places(batch, given, op=op)
    renamed = list(_column(bulk.RENAMED, given))
    _write(given)
    _run(bulk.NOTE_NEW, given)
    note_work(list(_column(bulk.NOTED, given)), op=op)
    index_names_anew(batch.authority_id, renamed)
    _run(bulk.INDEX_NEW_NAMES, given)
    _close(batch, given, op=op)


def _leave_out_places(batch: ImportBatch, given: Given, *, op: Operation) -> None:
    """Rights and enterprises are looked at once more: a list may wait for days."""
    named = set(_column(bulk.PLACES, given))
    places = Places(op.actor, batch.enterprise_id)
    shut = named - set(places.present())
    lost = {id_ for id_ in named if not places.is_ours(id_)}
    if shut:
        _run(bulk.LEAVE_OUT_PLACES, {**given, "shut": list(shut), "lost": list(lost)})


def _write(given: Given) -> None:
    try:
        with transaction.atomic():
            for statement in (
                bulk.INSERT_PEOPLE,
                bulk.UPDATE_PEOPLE,
                bulk.END_EMPLOYMENTS,
                bulk.UPDATE_EMPLOYMENTS,
                bulk.INSERT_EMPLOYMENTS,
            ):
                _run(statement, given)
    except IntegrityError:
        raise FilesMoved() from None


def _close(batch: ImportBatch, given: Given, *, op: Operation) -> None:
    numbers = _counted(batch, given)
    close(ImportRow, batch, op=op)
    digest = next(_column(bulk.DIGEST, given))
    said = {"file": batch.file_name, "sha256": batch.sha256, **numbers, "left_out": batch.refused}
    op.audit(batch, {**said, "rows_digest": digest})
    op.fact(facts.PEOPLE_IMPORTED, {"batch": str(batch.id), **numbers})


def _counted(batch: ImportBatch, given: Given) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(bulk.COUNT, given)
        found = dict(cursor.fetchall())
    batch.refused = found.get("refused", 0)
    numbers = {name: found.get(name, 0) for name in ("new", "changed", "moved")}
    batch.new, batch.changed, batch.moved = numbers.values()
    batch.save(update_fields=["refused", *numbers])
    return {**numbers, "chosen": batch.chosen}


def _run(statement: str, given: Given) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def _column(statement: str, given: Given) -> Iterator[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        yield from (row[0] for row in cursor.fetchall())
