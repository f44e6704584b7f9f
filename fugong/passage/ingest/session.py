"""One session of the database, by libpq's own functions: a statement is on its way when it is asked for.

A cursor would put it off by several turns of the loop, in each of which all gates are heard first, and would
cost a tenth of what a scan may.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, Self
from uuid import UUID

import psycopg
from psycopg import AsyncConnection
from psycopg.pq import DiagnosticField, ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow

CONNECT_TIMEOUT: Final = 3
_GOOD: Final = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class Session:
    """Of one authority, one statement at a time, each committed by itself."""

    def __init__(self, connection: AsyncConnection[TupleRow], patience: float) -> None:
        self._connection, self._patience = connection, patience
        self._pgconn = connection.pgconn
        self._pgconn.nonblocking = 1
        # One of our own: libpq closes its descriptor as soon as the server is gone, and the next gate that
        # comes would be given its number before we have let go of it.
        self._socket = os.dup(self._pgconn.socket)
        self._loop = asyncio.get_running_loop()
        self._asked: asyncio.Future[None] | None = None
        self._told: PGresult | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._loop.add_reader(self._socket, self._readable)

    @classmethod
    async def opened(
        cls, conninfo: str, authority: UUID, statements: Mapping[bytes, bytes], *, patience: float
    ) -> Self:
        """With the statements prepared, by their names. Raises psycopg.OperationalError."""
        connecting = AsyncConnection.connect(conninfo, autocommit=True, connect_timeout=CONNECT_TIMEOUT)
        try:
            connection = await asyncio.wait_for(connecting, patience)
        except TimeoutError as error:
            raise psycopg.OperationalError("no connection in time") from error
        session = cls(connection, patience)
        try:
            await session._prepare(authority, statements)
        except BaseException:
            # Else the loop would go on to listen where the next session's socket will be.
            session.close()
            raise
        return session

    async def _prepare(self, authority: UUID, statements: Mapping[bytes, bytes]) -> None:
        self._pgconn.send_query_params(
            b"select set_config('fugong.authority', $1, false)", [str(authority).encode()]
        )
        await self._on_its_way()
        for name, statement in statements.items():
            self._pgconn.send_prepare(name, statement)
            await self._on_its_way()

    def execute(self, name: bytes, parameters: Sequence[bytes]) -> asyncio.Future[None]:
        """Done when it is committed. Parameters in binary. Raises psycopg.Error through the future.

        One that does not come back in time is given up with its session: to cancel it would wait for the same
        database.
        """
        formats = [Format.BINARY] * len(parameters)
        try:
            self._pgconn.send_query_prepared(name, parameters, formats)
        except psycopg.OperationalError as error:
            return self._failed(error)
        return self._on_its_way()

    def close(self) -> None:
        """At once, without a word to the server. Again: nothing."""
        if self._timer is not None:
            self._timer.cancel()
        if self._socket >= 0:
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            os.close(self._socket)
            self._socket = -1
        self._pgconn.finish()

    def _on_its_way(self) -> asyncio.Future[None]:
        asked = self._asked = self._loop.create_future()
        self._timer = self._loop.call_later(self._patience, self._give_up)
        self._flush()
        return asked

    def _flush(self) -> None:
        """What the system does not take at once goes when there is room."""
        try:
            is_left = self._pgconn.flush()
        except psycopg.OperationalError as error:
            self._settle(error)
            return
        if is_left:
            self._loop.add_writer(self._socket, self._flush)
        else:
            self._loop.remove_writer(self._socket)

    def _readable(self) -> None:
        try:
            self._pgconn.consume_input()
            while not self._pgconn.is_busy():
                told = self._pgconn.get_result()
                if told is None:
                    self._settle(_fault_of(self._told))
                    return
                self._told = told
        except psycopg.OperationalError as error:
            self._settle(error)

    def _give_up(self) -> None:
        self._settle(psycopg.OperationalError("no answer in time"))

    def _settle(self, error: psycopg.Error | None) -> None:
        asked, self._asked, self._told = self._asked, None, None
        if self._timer is not None:
            self._timer.cancel()
        if asked is None:
            # The server said something that nobody asked for: that it ends.
            self.close()
        elif not asked.done():
            if error is None:
                asked.set_result(None)
            else:
                asked.set_exception(error)

    def _failed(self, error: psycopg.Error) -> asyncio.Future[None]:
        failed: asyncio.Future[None] = self._loop.create_future()
        failed.set_exception(error)
        return failed


def _fault_of(told: PGresult | None) -> psycopg.Error | None:
    if told is None:
        return psycopg.OperationalError("the session ended")
    if told.status in _GOOD:
        return None
    state = (told.error_field(DiagnosticField.SQLSTATE) or b"").decode()
    kind: type[psycopg.Error] = psycopg.OperationalError
    with suppress(KeyError):
        kind = psycopg.errors.lookup(state)
    return kind(told.error_message.decode(errors="replace").strip())
