"""Judging rows and laying them ready, thousands in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import psycopg
from django.db import connection, transaction
from django.db.models import Count, QuerySet

from fugong.core.actor import Actor
from fugong.core.importing.choices import BatchState
from fugong.core.importing.kinds import ListKind, Numbered, ReadTable

LOT: Final = 2_000


class NoLongerRead(Exception):
    """Somebody discarded the list, or its time ran out, while the worker was reading it."""


def being_read(batch: Any) -> QuerySet[Any]:
    """The batch as it stands in the database, if it is still to be read."""
    rows = type(batch).objects.filter(authority_id=batch.authority_id, state=BatchState.READING)
    found: QuerySet[Any] = rows.filter(id=batch.id)
    return found


def stage(kind: ListKind, batch: Any, table: ReadTable, *, actor: Actor, now: datetime) -> None:
    """Judges the rows that are not judged yet and keeps the judgements; counts them in `batch`, which the
    caller saves at the end.

    Raises NoLongerRead when the list was discarded or expired meanwhile; nothing more of it is kept then.
    """
    judge = kind.judge(batch, table, actor, now)
    for lot in _lots(table.rows[batch.done :]):
        judged = judge(lot)
        batch.done += len(lot)
        _keep(kind, batch, judged)
    found = kind.rows.objects.filter(authority_id=batch.authority_id, batch=batch).order_by()
    outcomes = dict(found.values_list("outcome").annotate(Count("id")))
    for outcome in kind.counted:
        setattr(batch, outcome, outcomes.get(outcome, 0))


def add_lot(statement: str, batch: Any, rows: Sequence[Any]) -> None:
    """Runs an insert of the lot's `rows`, one JSON text for all of them.

    Bound on the server: half the time of a lot would go into quoting its text and reading it again.
    """
    given = {
        "authority": batch.authority_id,
        "batch": batch.id,
        "rows": json.dumps(rows, ensure_ascii=False, default=str),
    }
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, given)


def _lots(rows: Sequence[Numbered]) -> Iterator[Sequence[Numbered]]:
    for start in range(0, len(rows), LOT):
        yield rows[start : start + LOT]


def _keep(kind: ListKind, batch: Any, judged: Any) -> None:
    """The batch comes first: it stays locked until the rows are in, so whoever discards removes these too."""
    with transaction.atomic():
        if not being_read(batch).update(done=batch.done):
            raise NoLongerRead()
        kind.keep(batch, judged)
