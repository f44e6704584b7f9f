"""Batches of scans into the database by one session: durable, each scan once, none at the cost of others."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Final, Protocol, TypeAlias
from uuid import UUID

import psycopg
from psycopg.errors import UniqueViolation

from fugong.passage.ingest import arrays
from fugong.passage.ingest.counting import counts
from fugong.passage.ingest.session import Session

log = logging.getLogger(__name__)
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
){counted}
insert into passage_tally (authority_id, gates, directions, answers, kinds, hours, scans) {counts}
"""
# Counted by `counts`: for the database to look at each row again would cost a sixth of writing it.
_COUNTED_HERE: Final = """
values ($1::uuid, $15::int4[], $16::int2[], $17::int2[], $18::int2[], $19::timestamptz[], $20::int8[])
"""
# Only the database knows which of them are new.
_COUNTED_THERE: Final = """
, counted as (
    select gate, direction, answer, subject_kind, date_trunc('hour', at) as hour, count(*) as scans
      from added group by 1, 2, 3, 4, 5
)
"""
_COUNTS: Final = """
select $1::uuid, array_agg(gate), array_agg(direction), array_agg(answer), array_agg(subject_kind),
       array_agg(hour), array_agg(scans)
  from counted having count(*) > 0
"""
_ONCE: Final = "on conflict do nothing returning gate, at, direction, answer, subject_kind"
PLAIN, CAREFUL = b"plain", b"careful"
# To ask for each row whether it is there already costs a fifth of all that writing costs; few are sent again.
STATEMENTS: Final = {
    PLAIN: _INSERT.format(again="", counted="", counts=_COUNTED_HERE).encode(),
    CAREFUL: _INSERT.format(again=_ONCE, counted=_COUNTED_THERE, counts=_COUNTS).encode(),
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


class Lane:
    """Of one authority: row-level security lets a session write for one only."""

    def __init__(self, authority: UUID, conninfo: str, patience: float) -> None:
        self._authority, self._conninfo, self._patience = authority, conninfo, patience
        self._session: Session | None = None
        self._careful_until = 0.0
        self.written = self.statements = self.failed = 0
        self.is_writing = False
        self.is_well = True
        self.tried_at = 0.0

    async def write(self, rows: list[Row], waiters: list[Waiter], since: float) -> None:
        """The same rows as often as it takes: sent twice, a row is stored once."""
        self.is_writing = True
        try:
            await self._write(rows, waiters, since)
        finally:
            self.is_writing = False

    def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    async def _write(self, rows: list[Row], waiters: list[Waiter], since: float) -> None:
        while True:
            try:
                await self._insert(rows)
            except asyncio.CancelledError:
                not_kept(waiters)
                raise
            except psycopg.OperationalError as error:
                self._is_away(error)
                if monotonic() - since > self._patience:
                    return not_kept(waiters)
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

    async def _insert(self, rows: list[Row]) -> None:
        """Durable when it returns."""
        if self._session is None:
            self._session = await Session.opened(
                self._conninfo, self._authority, STATEMENTS, patience=self._patience
            )
        columns = _columns(rows, self._authority)
        if monotonic() < self._careful_until:
            await self._session.execute(CAREFUL, columns)
        else:
            await self._insert_boldly(self._session, columns, counts(rows))
        self.statements += 1
        self._is_tried(is_well=True)

    async def _insert_boldly(self, session: Session, columns: list[bytes], counted: list[bytes]) -> None:
        """As if none of them had been sent before; where one was, all of them again with care."""
        try:
            await session.execute(PLAIN, [*columns, *counted])
        except UniqueViolation:
            self._careful_until = monotonic() + CAREFUL_FOR
            await session.execute(CAREFUL, columns)

    def _is_away(self, error: psycopg.Error) -> None:
        log.warning("the database is away: %s", error)
        self._is_tried(is_well=False)
        self.close()

    def _is_tried(self, *, is_well: bool) -> None:
        self.is_well, self.tried_at = is_well, monotonic()


def not_kept(waiters: list[Waiter]) -> None:
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
