"""What the database tells: who or what has changed since it was loaded.

Told by triggers in the transaction of the change (migration `keep_scans`). A connection that does not hear
its own call any more is replaced, and everything is loaded anew: nobody knows what was said meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Final
from uuid import UUID

import psycopg
from django.db import Error as LoadingFailed
from psycopg import AsyncConnection

from fugong.passage.choices import CHANNEL

log = logging.getLogger(__name__)
CALL_EVERY: Final = 3.0
DEAF_AFTER: Final = 8.0
PAUSE: Final = 0.5
CALL: Final = "here"

Heard = Callable[[UUID, str, list[UUID]], Awaitable[None]]
"""The authority, the kind of thing, and which."""


class Listener:
    def __init__(self, conninfo: str, heard: Heard, anew: Callable[[], Awaitable[None]]) -> None:
        self._conninfo, self._heard, self._anew = conninfo, heard, anew
        self.heard_at = monotonic()
        self._knows_all = True

    @property
    def silent_for(self) -> float:
        """Seconds for which nothing was heard: so old may what is known be."""
        return monotonic() - self.heard_at

    async def run(self) -> None:
        """Until it is cancelled. A load that the database breaks off is made again."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, LoadingFailed, TimeoutError) as error:
                log.warning("the gates hear nothing of the database: %s", error)
            self._knows_all = False
            await asyncio.sleep(PAUSE)

    async def _listen(self) -> None:
        connection = await asyncio.wait_for(
            AsyncConnection.connect(self._conninfo, autocommit=True, connect_timeout=3), DEAF_AFTER
        )
        try:
            await connection.execute(f"listen {CHANNEL}")
            if not self._knows_all:
                await self._anew()
                self._knows_all = True
            await self._hear(connection)
        finally:
            with suppress(psycopg.Error):
                connection.pgconn.finish()

    async def _hear(self, connection: AsyncConnection[psycopg.rows.TupleRow]) -> None:
        self.heard_at = monotonic()
        while self.silent_for < DEAF_AFTER:
            call = connection.execute("select pg_notify(%s, %s)", [CHANNEL, CALL])
            await asyncio.wait_for(call, DEAF_AFTER)
            async for told in connection.notifies(timeout=CALL_EVERY):
                self.heard_at = monotonic()
                if told.payload != CALL:
                    await self._take(told.payload)
        raise TimeoutError("the connection is deaf")

    async def _take(self, payload: str) -> None:
        authority, kind, ids = payload.split(":", 2)
        await self._heard(UUID(authority), kind, [UUID(each) for each in ids.split(",")])
