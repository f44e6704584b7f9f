"""Reading lists that were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from fugong.core.actor import Actor
from fugong.core.importing import queries as handed_in
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.rules.problems import Problem


def list_imports(actor: Actor, *, limit: int = 20) -> list[ImportBatch]:
    """The latest first."""
    return handed_in.list_batches(ImportBatch, actor, limit=limit)


def get_import(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Raises NotFound, also when the actor may not see it."""
    batch: ImportBatch = handed_in.get_batch(ImportBatch, actor, batch_id)
    return batch


def rows_of_import(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Its judged rows as they stand in the file. The caller has the batch by `get_import`."""
    rows = ImportRow.objects.filter(authority_id=batch.authority_id, batch=batch)
    return rows.defer("data", "phone", "cells").order_by("number")


def refused_rows(batch: ImportBatch) -> Iterator[tuple[int, list[str], dict[str, Problem]]]:
    """The number and the cells of each refused row as they stood, with what is wrong by field."""
    for cells, row in handed_in.refused(ImportRow.objects.all(), batch):
        yield row.number, cells, problems_in(row)


def problems_in(row: ImportRow) -> dict[str, Problem]:
    return {name: Problem(code, details) for name, code, details in row.problems}
