"""The gate process as a whole: what it loads, listens to, answers and leaves behind when it ends."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import ssl
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import Error

from fugong.core.clock import now as present
from fugong.core.postgres.connections import connections_for
from fugong.passage.ingest.answers import Answers
from fugong.passage.ingest.http import Connection, Hall
from fugong.passage.ingest.listening import Listener
from fugong.passage.ingest.server import Gatekeeper
from fugong.passage.ingest.tenants import Tenants
from fugong.passage.operations.days import make_days

try:
    from uvloop import new_event_loop
except ImportError:  # a system for which there is none
    from asyncio import new_event_loop  # type: ignore[assignment]

log = logging.getLogger(__name__)
HOUR: Final = 3600.0
A_MOMENT: Final = 0.1
"""Seconds past the full hour, so that at midnight it is the new day."""
BREATH_EVERY: Final = 15.0
SELDOM: Final = 20_000
"""Objects made before Python looks for rings among them: scans make none."""
LAST_WORDS: Final = 3.0
"""Seconds for what waits when the process is asked to end."""


@dataclass(frozen=True, slots=True)
class Place:
    address: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    admission: int | None = None
    """Scans a second that are let in at most; None: as many as come."""


class Process:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._hall = Hall(ahead=present().timestamp() - time.time())
        self._keeper = Gatekeeper(self._hall, admission=place.admission)
        conninfo = connections_for(settings.FUGONG_HOME, owner=False)["default"].conninfo()
        self._tenants = Tenants(self._keeper, conninfo, self._start)
        self._listener = Listener(conninfo, self._tenants.heard, self._tenants.load_all)
        self._answers = Answers(self._hall, self._keeper, self._tenants, self._listener, self._start_aside)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._fault: BaseException | None = None

    async def run(self, *, on_ready: Callable[[int], None] = lambda port: None) -> None:
        """Until SIGTERM or SIGINT; then what waits is written, for some seconds.

        Raises what part of its work has failed by: whoever started it starts it anew.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        # Before the first scan: whoever reads while rows move into a day's own table may miss them once.
        await self._make_days()
        await self._tenants.load_all()
        self._answers.be_asked()
        for work in (self._hall.run(), self._listener.run(), self._hourly(), self._breathe()):
            self._start(work)
        server = await loop.create_server(
            lambda: Connection(self._keeper, self._hall),
            self._place.address,
            self._place.port,
            ssl=self._tls(),
        )
        # What was loaded lives as long as the process: not to be looked through again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(SELDOM)
        on_ready(server.sockets[0].getsockname()[1])
        await self._stopping.wait()
        server.close()
        await self._end()
        if self._fault is not None:
            raise self._fault

    async def _end(self) -> None:
        until = time.monotonic() + LAST_WORDS
        while any(writer.is_busy for writer in self._tenants.writers) and time.monotonic() < until:
            await asyncio.sleep(0.02)
        for task in self._tasks:
            task.cancel()
        # Bounded: what waits for a database that stands still would wait for ever.
        await asyncio.wait(self._tasks, timeout=LAST_WORDS)
        for connection in list(self._hall.connections):
            connection.hang_up()
        self._tenants.close()

    def _start_aside(self, work: Coroutine[Any, Any, None]) -> None:
        """One answer: should it fail, the others go on."""
        self._started(work)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._started(work).add_done_callback(self._ended)

    def _started(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Nothing may fail and leave the rest to answer as if it were there."""
        if not task.cancelled() and task.exception() is not None:
            self._fault = self._fault or task.exception()
            self._stopping.set()

    def _tls(self) -> ssl.SSLContext | None:
        if self._place.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._place.certificate, self._place.key)
        return context

    async def _hourly(self) -> None:
        """The day's rules, its partitions, and authorities founded since."""
        while True:
            await asyncio.sleep(HOUR - present().timestamp() % HOUR + A_MOMENT)
            await self._make_days()
            with suppress(Error):
                await self._tenants.load_all()

    async def _make_days(self) -> None:
        try:
            await self._tenants.in_thread(make_days, now=present())
        except Error as error:
            log.warning("no partitions were made: %s", error)

    async def _breathe(self) -> None:
        while True:
            await asyncio.sleep(BREATH_EVERY)
            for tenant in self._tenants.all.values():
                tenant.streams.breathe()


def run(place: Place, *, on_ready: Callable[[int], None] = lambda port: None) -> None:
    """Until it is asked to end. Wants Django ready.

    Without `asyncio.Runner`, which at the end waits for every task, however long it hangs.
    """
    loop = new_event_loop()
    try:
        loop.run_until_complete(Process(place).run(on_ready=on_ready))
    finally:
        loop.close()
