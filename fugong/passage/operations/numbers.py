"""Small numbers, each once in an authority: one series for each kind of row."""

from __future__ import annotations

from django.db import connection
from django.db.models import Max, Model

from fugong.core.operation import Operation


def lock_series(rows: type[Model], *, op: Operation) -> None:
    """Until the end of the transaction nobody else of the authority gets a number for such a row."""
    name = f"{rows._meta.label}.{op.actor.authority_id}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def next_number(rows: type[Model], *, op: Operation, field: str = "number") -> int:
    """One more than the highest, from 1 on. The series stays locked."""
    lock_series(rows, op=op)
    of_authority = rows._default_manager.filter(authority_id=op.actor.authority_id)
    last: int | None = of_authority.aggregate(last=Max(field))["last"]
    return (last or 0) + 1
