"""Group commit: all that has come while the last commit ran is the next statement.

No timer and no size to tune: alone, a scan is written at once; under load the batch grows by itself until a
commit's fixed cost is nothing. What waits is bounded; above the bound the gate is told to come back, and
decides by itself meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from fugong.passage.ingest import arrays

log = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 4_000
"""Rows of one statement: some 40 ms of the database, so that no answer waits for long behind others."""
WAITS: Final = 20_000
PATIENCE: Final = 5.0
"""Seconds after which nothing is promised any more of a scan not written: the gate will send it again."""
PAUSE: Final = 0.2

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
)
insert into passage_count (authority_id, gate, hour, direction, answer, subject_kind, scans)
select %s::uuid, gate, date_trunc('hour', at), direction, answer, subject_kind, count(*)
  from added group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
    on conflict (authority_id, gate, hour, direction, answer, subject_kind)
    do update set scans = passage_count.scans + excluded.scans
"""


@dataclass(slots=True)
class Scan:
    """A row to be, its values packed as the statement wants them; `done(True)` once it is durable."""

    gate: bytes
    at: bytes
    nonce: bytes
    received_at: bytes
    device: bytes
    subject: bytes
    """NULL where nobody is known by it."""
    subject_kind: int
    way: int
    direction: int
    answer: int
    reason: int
    flags: int
    temperature: bytes
    since: float
    """The monotonic clock when it came."""
    done: Callable[[bool], None]


class Overloaded(Exception):
    """More waits than will be written in time."""


class Writer:
    """Of one authority: row-level security lets a connection write for one only."""

    def __init__(self, authority: UUID, conninfo: str) -> None:
        self._authority, self._conninfo = authority, conninfo
        self._waiting: list[Scan] = []
        self._wake = asyncio.Event()
        self._connection: AsyncConnection[psycopg.rows.TupleRow] | None = None
        self.written = self.statements = self.failed = 0

    @property
    def waits(self) -> int:
        return len(self._waiting)

    def put(self, scan: Scan) -> None:
        """Raises Overloaded."""
        if len(self._waiting) >= WAITS:
            raise Overloaded()
        self._waiting.append(scan)
        if len(self._waiting) == 1:
            self._wake.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self._wake.wait()
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            if not self._waiting:
                self._wake.clear()
            await self._write(batch)

    async def _write(self, batch: list[Scan]) -> None:
        """The same rows as often as it takes: sent twice, a row is stored once."""
        while batch:
            try:
                await self._insert(batch)
            except psycopg.OperationalError as error:
                log.warning("the database is away: %s", error)
                await self._lose_connection()
                batch = _still_awaited(batch)
                await asyncio.sleep(PAUSE)
            except psycopg.Error:
                log.exception("a batch of %s was refused", len(batch))
                await self._one_by_one(batch)
                return
            else:
                self._answer(batch, is_durable=True)
                return

    async def _one_by_one(self, batch: list[Scan]) -> None:
        """One bad row does not fail its neighbours."""
        for scan in batch:
            try:
                await self._insert([scan])
            except psycopg.Error:
                log.exception("a scan was refused")
                self._answer([scan], is_durable=False)
            else:
                self._answer([scan], is_durable=True)

    def _answer(self, batch: list[Scan], *, is_durable: bool) -> None:
        if is_durable:
            self.written += len(batch)
        else:
            self.failed += len(batch)
        for scan in batch:
            scan.done(is_durable)

    async def _insert(self, batch: list[Scan]) -> None:
        """Committed when it returns: the connection commits each statement by itself."""
        connection = self._connection or await self._connect()
        await connection.execute(INSERT, _columns(batch, self._authority), prepare=True, binary=True)
        self.statements += 1

    async def _connect(self) -> AsyncConnection[psycopg.rows.TupleRow]:
        connection = await AsyncConnection.connect(self._conninfo, autocommit=True, connect_timeout=3)
        arrays.know_columns(connection)
        await connection.execute("select set_config('fugong.authority', %s, false)", [str(self._authority)])
        self._connection = connection
        return connection

    async def _lose_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _still_awaited(batch: list[Scan]) -> list[Scan]:
    """The others are told that nothing is promised: their gates send them again."""
    limit = monotonic() - PATIENCE
    for scan in batch:
        if scan.since < limit:
            scan.done(False)
    return [scan for scan in batch if scan.since >= limit]


def _columns(batch: list[Scan], authority: UUID) -> list[object]:
    small = arrays.small
    return [
        authority,
        arrays.Int4s([scan.gate for scan in batch]),
        arrays.Moments([scan.at for scan in batch]),
        arrays.Int8s([scan.nonce for scan in batch]),
        arrays.Moments([scan.received_at for scan in batch]),
        arrays.Uuids([scan.device for scan in batch]),
        arrays.Uuids([scan.subject for scan in batch], has_null=True),
        arrays.Int2s(small(scan.subject_kind for scan in batch)),
        arrays.Int2s(small(scan.way for scan in batch)),
        arrays.Int2s(small(scan.direction for scan in batch)),
        arrays.Int2s(small(scan.answer for scan in batch)),
        arrays.Int2s(small(scan.reason for scan in batch)),
        arrays.Int2s(small(scan.flags for scan in batch)),
        arrays.Int2s([scan.temperature for scan in batch], has_null=True),
        authority,
    ]
