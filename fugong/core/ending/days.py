"""The end of a table that is kept by days: the day's own table goes whole where nobody else's rows are in it.

A hundred million rows are not deleted one by one. Where another authority's rows of the day are still kept,
only this one's go; the last authority drops the table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, ProgrammingError, connections, transaction

from fugong.core.clock import end_of
from fugong.core.ending.choices import Fate
from fugong.core.ending.ledger import OWNER, Ledger, NotTheOwner, act_for
from fugong.core.ending.models import DestructionPlan
from fugong.core.ending.planning import Part
from fugong.core.ending.scope import kept_of, model_of

Progress = Callable[[str, int, int], None]
HOUR: Final = timedelta(hours=1)
PATIENCE: Final = "2s"
"""Dropping a day's table waits for whoever reads the whole one, and holds up everybody meanwhile."""


def end_days(plan: DestructionPlan, part: Part, *, now: datetime, tell: Progress) -> int:
    """Day by day, each whole or not at all. Raises NotTheOwner."""
    gone = 0
    tell(part.model, gone, part.rows)
    for day, _rows in part.days:
        gone += _end_day(plan, part.model, date.fromisoformat(day), now=now)
        tell(part.model, min(gone, part.rows), part.rows)
    tell(part.model, part.rows, part.rows)
    return gone


def _end_day(plan: DestructionPlan, label: str, day: date, *, now: datetime) -> int:
    starts, ends = end_of(day - timedelta(days=1)), end_of(day)
    with transaction.atomic(using=OWNER):
        act_for(plan.authority_id)
        ledger = Ledger(plan, now)
        ledger.write(label, Fate.DESTROY, *_content(label, plan.authority_id, starts, ends))
        if ledger.rows and not _drop(label, plan.authority_id, day, starts, ends):
            _delete(_table(label), label, plan.authority_id, starts, ends)
        return ledger.rows


def _content(label: str, authority_id: UUID, starts: datetime, ends: datetime) -> tuple[int, str]:
    """How many, and one hash over what they said; by the hour, so that no day is too large for the memory."""
    query = f"""
        select count(*), encode(sha256(coalesce(string_agg(said, ''::bytea order by said), ''::bytea)), 'hex')
          from (select sha256(convert_to(to_jsonb(t)::text, 'UTF8')) as said
                  from {_table(label)} t where {_bounds(label)}) as each
    """  # noqa: S608 - names of our own tables and columns
    rows, hashed = 0, sha256()
    while starts < ends:
        ((count, digest),) = _asked(query, [authority_id, starts, min(starts + HOUR, ends)])
        if count:
            hashed.update(f"{starts.isoformat()} {count} {digest}\n".encode())
        rows, starts = rows + int(count), starts + HOUR
    return rows, hashed.hexdigest()


def _drop(label: str, authority_id: UUID, day: date, starts: datetime, ends: datetime) -> bool:
    """Whether the day's own table could go. What lies of the day in the table for the rest goes too."""
    own = f"{_table(label)}_{day:%Y%m%d}"
    if not _is_ours_alone(own, authority_id):
        return False
    try:
        with transaction.atomic(using=OWNER):
            _run(f"set local lock_timeout = '{PATIENCE}'", [])
            _run(f"drop table {own}", [])
            _run("set local lock_timeout = default", [])
    except OperationalError:
        return False
    _delete(f"{_table(label)}_other", label, authority_id, starts, ends)
    return True


def _is_ours_alone(own: str, authority_id: UUID) -> bool:
    """Asked of the day's table itself, where its owner sees everybody's rows."""
    if _asked("select to_regclass(%s)", [own]) == [(None,)]:
        return False
    query = f"select exists (select 1 from {own} where authority_id <> %s)"  # noqa: S608
    return _asked(query, [authority_id]) == [(False,)]


def _delete(table: str, label: str, authority_id: UUID, starts: datetime, ends: datetime) -> None:
    query = f"delete from {table} where {_bounds(label)}"  # noqa: S608
    _run(query, [authority_id, starts, ends])


def _table(label: str) -> str:
    return model_of(label)._meta.db_table


def _bounds(label: str) -> str:
    column = kept_of(label).since
    return f'authority_id = %s and "{column}" >= %s and "{column}" < %s'


def _run(query: str, asked: list[Any]) -> None:
    with connections[OWNER].cursor() as cursor:
        try:
            cursor.execute(query, asked)
        except ProgrammingError as error:
            raise NotTheOwner(str(error)) from error


def _asked(query: str, asked: list[Any]) -> list[tuple[Any, ...]]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(query, asked)
        return list(cursor.fetchall())
