"""The worker process: a beat that seals the audit chain and delivers facts, and the queue with its clocks.

The beat is a plain loop and no job of the queue: as a job it would write some 86,400 rows a day to say that
nothing happened. Both keep all their state in the database, so killing the process loses nothing, and several
workers may run at once.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import Error, close_old_connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import AlreadyEnqueued

from fugong import jobs
from fugong.areas import queries as areas
from fugong.core import facts
from fugong.core.audit import sealing
from fugong.core.clock import now as present
from fugong.reactions import REACTIONS

log = logging.getLogger(__name__)
BEAT_SECONDS = 1.0
PAUSE_SECONDS = 2.0
CONNECTIONS = 4


class Beat(threading.Thread):
    """Every second, for every authority: chain what was written, deliver what was told."""

    def __init__(self, *, seconds: float = BEAT_SECONDS) -> None:
        super().__init__(name="beat", daemon=True)
        self._seconds = seconds
        self._stopping = threading.Event()
        self._reachable = True

    def run(self) -> None:
        while not self._stopping.wait(self._seconds):
            close_old_connections()
            self.once(present())
        close_old_connections()

    def stop(self) -> None:
        self._stopping.set()

    def once(self, now: datetime) -> None:
        """One beat. A database that is away is waited for; said once, not every second."""
        try:
            for authority in areas.list_authorities():
                _guarded(_seal, authority.id, now)
                _guarded(_deliver, authority.id, now)
        except Error as error:
            if self._reachable:
                log.warning("The database is away (%s); waiting for it.", error)
            self._reachable = False
        else:
            self._reachable = True


def _seal(authority: UUID, now: datetime) -> None:
    sealing.seal_all(authority, now=now)


def _deliver(authority: UUID, now: datetime) -> None:
    facts.deliver_due(REACTIONS, authorities=[authority], now=now)


def _guarded(act: Callable[[UUID, datetime], None], authority: UUID, now: datetime) -> None:
    """A fault in one authority's data keeps nobody else waiting. The database's own faults are passed on."""
    try:
        act(authority, now)
    except Error:
        raise
    except Exception:
        log.exception("%s failed for authority %s", act.__name__, authority)


def run() -> None:
    """Works until SIGTERM or SIGINT; finishes running jobs."""
    beat = Beat()
    beat.start()
    try:
        asyncio.run(_run_until_stopped())
    finally:
        beat.stop()
        beat.join(timeout=10)


async def _run_until_stopped() -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    queue = asyncio.create_task(_work_off_queue(stopping))
    await stopping.wait()
    queue.cancel()
    with suppress(asyncio.CancelledError):
        await queue


async def _work_off_queue(stopping: asyncio.Event) -> None:
    """The queue's own worker ends when the database goes away; it is started again until that comes back.

    Asked to stop while the database is away, that worker turns the request into its own error: so it is asked
    here once more whether to go on.
    """
    log.info("Clocks: %s", ", ".join(sorted(name for name, _id in app.periodic_registry.periodic_tasks)))
    while not stopping.is_set():
        try:
            await _work_once()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if stopping.is_set():
                return
            log.warning("The queue stopped (%s); starting it again.", error)
        await asyncio.sleep(PAUSE_SECONDS)


async def _work_once() -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=CONNECTIONS)
    with app.replace_connector(connector):
        async with app.open_async():
            await _look_at_all_clocks()
            await app.run_worker_async(
                install_signal_handlers=False,
                delete_jobs="successful",
                concurrency=2,
                shutdown_graceful_timeout=20,
                stalled_worker_timeout=jobs.STALLED_AFTER,
            )


async def _look_at_all_clocks() -> None:
    """At once, not at the next full minute: nobody knows how long nothing ran."""
    for periodic in app.periodic_registry.periodic_tasks.values():
        job = periodic.task.configure(task_kwargs={"timestamp": int(time.time())})
        with suppress(AlreadyEnqueued):
            await job.defer_async()
