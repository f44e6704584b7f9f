"""Group commit: all that has come while the last commit ran is the next statement.

No timer and no size to tune: alone, a scan is written at once; under load the batch grows by itself until a
commit's fixed cost is nothing. What waits is bounded in number and in time; beyond either the gate is told to
come back, and decides by itself meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Final, Protocol, TypeAlias
from uuid import UUID

import psycopg
from psycopg.errors import UniqueViolation

from fugong.passage.ingest import arrays
from fugong.passage.ingest.session import Session

log = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 4_000
"""Rows of one statement: some 40 ms of the database, so that no answer waits for long behind others."""
MOST_WAITING: Final = 20_000
PATIENCE: Final = 5.0
"""Seconds after which nothing is promised any more of a scan not written: the gate will send it again."""
PAUSE: Final = 0.2
CAREFUL_FOR: Final = 2.0
"""Seconds after a scan that was sent again: where there was one, there are more."""

Row: TypeAlias = tuple[bytes, ...]
"""Cells in the order of the columns below."""

# Columns in the list of what is selected and not in FROM, where each would be laid down in a store first.
_INSERT: Final = """
with added as (
    insert into passage_scan
           (authority_id, gate, at, nonce, received_at, device, subject, subject_kind, way, direction, answer,
            reason, flags, temperature)
    select $1::uuid, unnest($2::int4[]), unnest($3::timestamptz[]), unnest($4::int8[]),
           unnest($5::timestamptz[]), unnest($6::uuid[]), unnest($7::uuid[]), unnest($8::int2[]),
           unnest($9::int2[]), unnest($10::int2[]), unnest($11::int2[]), unnest($12::int2[]),
           unnest($13::int2[]), unnest($14::int2[])
    {again}
    returning gate, at, direction, answer, subject_kind
), counted as (
    select gate, date_trunc('hour', at) as hour, direction, answer, subject_kind, count(*) as scans
      from added group by 1, 2, 3, 4, 5
)
insert into passage_tally (authority_id, gates, hours, directions, answers, kinds, scans)
select $1::uuid, array_agg(gate), array_agg(hour), array_agg(direction), array_agg(answer),
       array_agg(subject_kind), array_agg(scans)
  from counted having count(*) > 0
"""
PLAIN, CAREFUL = b"plain", b"careful"
# To ask for each row whether it is there already costs a third of all that writing costs; few are sent again.
STATEMENTS: Final = {
    PLAIN: _INSERT.format(again="").encode(),
    CAREFUL: _INSERT.format(again="on conflict do nothing").encode(),
}
_COLUMNS: Final = (
    *(arrays.INT4S, arrays.MOMENTS, arrays.INT8S, arrays.MOMENTS, arrays.UUIDS, arrays.UUIDS),
    *(arrays.INT2S,) * 7,
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
    """Of one authority: row-level security lets a session write for one only."""

    def __init__(self, authority: UUID, conninfo: str, *, patience: float = PATIENCE) -> None:
        self._authority, self._conninfo, self._patience = authority, conninfo, patience
        self._rows: list[Row] = []
        self._waiters: list[Waiter] = []
        self._since = 0.0
        self._wake = asyncio.Event()
        self._session: Session | None = None
        self._careful_until = 0.0
        self.written = self.statements = self.failed = 0
        self.is_well = True
        self._is_writing = False

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
                if not self._rows:
                    await self._wake.wait()
                since, (rows, waiters) = self._since, self._taken()
                self._is_writing = True
                await self._write(rows, waiters, since)
                self._is_writing = False
        finally:
            expiring.cancel()
            self._drop_all()
            self._lose_session()

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
                self._is_away(error)
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
                self._is_away(error)
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
        session = self._session
        if session is None:
            session = self._session = await Session.opened(
                self._conninfo, self._authority, STATEMENTS, patience=self._patience
            )
        columns = _columns(rows, self._authority)
        if monotonic() > self._careful_until:
            try:
                await session.execute(PLAIN, columns)
            except UniqueViolation:
                self._careful_until = monotonic() + CAREFUL_FOR
                await session.execute(CAREFUL, columns)
        else:
            await session.execute(CAREFUL, columns)
        self.statements += 1
        self.is_well = True

    def _is_away(self, error: psycopg.Error) -> None:
        log.warning("the database is away: %s", error)
        self._lose_session()

    def _lose_session(self) -> None:
        self.is_well = False
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _not_kept(waiters: list[Waiter]) -> None:
    """Their gates send them again."""
    for waiter in waiters:
        waiter.not_kept()


def _columns(rows: list[Row], authority: UUID) -> list[bytes]:
    cells = zip(*rows, strict=True)
    columns = [
        arrays.column(element, column, has_null=has_null)
        for element, column, has_null in zip(_COLUMNS, cells, _MAY_BE_NULL, strict=True)
    ]
    return [authority.bytes, *columns]
