"""Group commit: all that has come while the last commit ran is the next statement.

No timer and no size to tune: alone, a scan is written at once; under load the batch grows by itself until a
commit's fixed cost is nothing. What waits is bounded in number and in time; beyond either the gate is told to
come back, and decides by itself meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from time import monotonic
from typing import Final, Protocol, TypeAlias
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from fugong.passage.ingest import arrays

log = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 4_000
"""Rows of one statement: some 40 ms of the database, so that no answer waits for long behind others."""
MOST_WAITING: Final = 20_000
PATIENCE: Final = 5.0
"""Seconds after which nothing is promised any more of a scan not written: the gate will send it again."""
PAUSE: Final = 0.2

Row: TypeAlias = tuple[bytes, ...]
"""Cells in the order of INSERT."""

INSERT: Final = """
with added as (
    insert into passage_scan
           (authority_id, gate, at, nonce, received_at, device, subject, subject_kind, way, direction, answer,
            reason, flags, temperature)
    select %s::uuid, *
      from unnest(%s::int4[], %s::timestamptz[], %s::int8[], %s::timestamptz[], %s::uuid[], %s::uuid[],
                  %s::int2[], %s::int2[], %s::int2[], %s::int2[], %s::int2[], %s::int2[], %s::int2[])
    on conflict do nothing
    returning gate, at, direction, answer, subject_kind
), counted as (
    select gate, date_trunc('hour', at) as hour, direction, answer, subject_kind, count(*) as scans
      from added group by 1, 2, 3, 4, 5
)
insert into passage_tally (authority_id, gates, hours, directions, answers, kinds, scans)
select %s::uuid, array_agg(gate), array_agg(hour), array_agg(direction), array_agg(answer),
       array_agg(subject_kind), array_agg(scans)
  from counted having count(*) > 0
"""
# A row of counts for each statement costs little; adding each to its hour would cost as much as the scans.
FOLD: Final = """
with gone as (delete from passage_tally where authority_id = %s::uuid returning *),
line as (
    select each.* from gone, unnest(gates, hours, directions, answers, kinds, scans)
           each (gate, hour, direction, answer, kind, scans)
)
insert into passage_count (authority_id, gate, hour, direction, answer, subject_kind, scans)
select %s::uuid, gate, hour, direction, answer, kind, sum(scans)
  from line group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
    on conflict (authority_id, gate, hour, direction, answer, subject_kind)
    do update set scans = passage_count.scans + excluded.scans
"""
FOLD_EVERY: Final = 1.0
_COLUMNS: Final = (
    *(arrays.Int4s, arrays.Moments, arrays.Int8s, arrays.Moments, arrays.Uuids, arrays.Uuids),
    *(arrays.Int2s,) * 7,
)
_MAY_BE_NULL: Final = (False,) * 5 + (True,) + (False,) * 6 + (True,)


class Waiter(Protocol):
    """Who is told what became of a row, once for each that was put, in their order."""

    def kept(self) -> None:
        """It is durable."""

    def refused(self) -> None:
        """The database will not have it, now or later."""

    def not_kept(self) -> None:
        """Nothing is known: to be sent again."""


class Overloaded(Exception):
    """More waits than will be written in time."""


class Writer:
    """Of one authority: row-level security lets a connection write for one only."""

    def __init__(self, authority: UUID, conninfo: str, *, patience: float = PATIENCE) -> None:
        self._authority, self._conninfo, self._patience = authority, conninfo, patience
        self._rows: list[Row] = []
        self._waiters: list[Waiter] = []
        self._since = 0.0
        self._wake = asyncio.Event()
        self._connection: AsyncConnection[psycopg.rows.TupleRow] | None = None
        self.written = self.statements = self.failed = 0
        self.is_well = True
        self._is_writing = False
        self._folded_at = 0.0
        self._is_folded = False

    @property
    def waits(self) -> int:
        return len(self._rows)

    @property
    def is_busy(self) -> bool:
        return self._is_writing or bool(self._rows)

    def check_room(self, count: int = 1) -> None:
        """Raises Overloaded."""
        if len(self._rows) + count > MOST_WAITING:
            raise Overloaded()

    def put(self, row: Row, waiter: Waiter) -> None:
        """Where there is room."""
        if not self._rows:
            self._since = monotonic()
            self._wake.set()
        self._rows.append(row)
        self._waiters.append(waiter)

    async def run(self) -> None:
        """Until it is cancelled; then nothing is promised of what waits."""
        expiring = asyncio.create_task(self._expire())
        try:
            while True:
                await self._next()
                if self._rows:
                    since, (rows, waiters) = self._since, self._taken()
                    self._is_writing = True
                    await self._write(rows, waiters, since)
                    self._is_writing = self._is_folded = False
                if not self._is_folded and monotonic() > self._folded_at + FOLD_EVERY:
                    await self._fold()
        finally:
            expiring.cancel()
            self._drop_all()
            self._lose_connection()

    async def _next(self) -> None:
        """Something to write, or counts to fold."""
        if not self._wake.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), None if self._is_folded else FOLD_EVERY)

    async def _fold(self) -> None:
        """What cannot be folded now is folded later: it is stored."""
        self._folded_at = monotonic()
        try:
            await self._executed(FOLD, [self._authority, self._authority])
            self._is_folded = True
        except psycopg.Error as error:
            log.warning("counts wait to be folded: %s", error)
            self._lose_connection()

    def _taken(self) -> tuple[list[Row], list[Waiter]]:
        if len(self._rows) <= MOST_AT_ONCE:
            rows, self._rows = self._rows, []
            waiters, self._waiters = self._waiters, []
            self._wake.clear()
        else:
            rows, self._rows = self._rows[:MOST_AT_ONCE], self._rows[MOST_AT_ONCE:]
            waiters, self._waiters = self._waiters[:MOST_AT_ONCE], self._waiters[MOST_AT_ONCE:]
        return rows, waiters

    async def _write(self, rows: list[Row], waiters: list[Waiter], since: float) -> None:
        """The same rows as often as it takes: sent twice, a row is stored once."""
        while True:
            try:
                await self._insert(rows)
            except asyncio.CancelledError:
                _not_kept(waiters)
                raise
            except psycopg.OperationalError as error:
                log.warning("the database is away: %s", error)
                self._lose_connection()
                if monotonic() - since > self._patience:
                    return _not_kept(waiters)
                await asyncio.sleep(PAUSE)
            except psycopg.Error:
                log.exception("a batch of %s was refused", len(rows))
                return await self._one_by_one(rows, waiters)
            else:
                self.written += len(rows)
                for waiter in waiters:
                    waiter.kept()
                return None

    async def _one_by_one(self, rows: list[Row], waiters: list[Waiter]) -> None:
        """One bad row does not fail its neighbours."""
        for row, waiter in zip(rows, waiters, strict=True):
            try:
                await self._insert([row])
            except psycopg.OperationalError as error:
                log.warning("the database is away: %s", error)
                self._lose_connection()
                waiter.not_kept()
            except psycopg.Error:
                log.exception("a scan was refused")
                self.failed += 1
                waiter.refused()
            else:
                self.written += 1
                waiter.kept()

    async def _expire(self) -> None:
        """Nobody waits longer than `patience`, whatever the database is doing.

        What came later goes with what waits longest: a database that stands still serves neither.
        """
        while True:
            await asyncio.sleep(self._patience / 10)
            if self._rows and monotonic() - self._since > self._patience:
                self._drop_all()

    def _drop_all(self) -> None:
        self._rows = []
        waiters, self._waiters = self._waiters, []
        self._wake.clear()
        _not_kept(waiters)

    async def _insert(self, rows: list[Row]) -> None:
        """Durable when it returns."""
        await self._executed(INSERT, _columns(rows, self._authority))
        self.statements += 1
        self.is_well = True

    async def _executed(self, statement: str, parameters: list[object]) -> None:
        """Committed when it returns: the connection commits each statement by itself.

        One that does not come back in time is left to itself: cancelling would wait for the same database.
        """
        connection = self._connection or await self._connect()
        running = asyncio.ensure_future(connection.execute(statement, parameters, prepare=True, binary=True))
        done, _pending = await asyncio.wait({running}, timeout=self._patience)
        if not done:
            connection.pgconn.finish()
            running.cancel()
            with suppress(asyncio.CancelledError, psycopg.Error):
                await asyncio.wait_for(running, PAUSE)
            raise psycopg.OperationalError("no answer in time")
        running.result()

    async def _connect(self) -> AsyncConnection[psycopg.rows.TupleRow]:
        connecting = AsyncConnection.connect(self._conninfo, autocommit=True, connect_timeout=3)
        try:
            connection = await asyncio.wait_for(connecting, self._patience)
        except TimeoutError as error:
            raise psycopg.OperationalError("no connection in time") from error
        arrays.know_columns(connection)
        await connection.execute("select set_config('fugong.authority', %s, false)", [str(self._authority)])
        self._connection = connection
        return connection

    def _lose_connection(self) -> None:
        self.is_well = False
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.pgconn.finish()


def _not_kept(waiters: list[Waiter]) -> None:
    """Their gates send them again."""
    for waiter in waiters:
        waiter.not_kept()


def _columns(rows: list[Row], authority: UUID) -> list[object]:
    cells = zip(*rows, strict=True)
    columns = [
        kind(column, has_null=has_null)
        for kind, column, has_null in zip(_COLUMNS, cells, _MAY_BE_NULL, strict=True)
    ]
    return [authority, *columns, authority]
