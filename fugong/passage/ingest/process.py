"""The gate process as a whole: what it loads, listens to, answers and leaves behind when it ends."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import ssl
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import Error, close_old_connections

from fugong.areas import queries as areas
from fugong.core.clock import now as present
from fugong.core.postgres.connections import connections_for
from fugong.passage.ingest import loading
from fugong.passage.ingest.folding import Folder
from fugong.passage.ingest.http import Connection, Hall, Slot
from fugong.passage.ingest.known import Device, State
from fugong.passage.ingest.listening import Listener
from fugong.passage.ingest.lists import Lists
from fugong.passage.ingest.messages import UNKNOWN_DEVICE, written
from fugong.passage.ingest.server import Gatekeeper
from fugong.passage.ingest.streams import Streams
from fugong.passage.ingest.writer import Writer
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
LAST_WORDS: Final = 3.0
"""Seconds for what waits when the process is asked to end."""
SILENCE: Final = 30.0
"""Seconds without a word from the database after which the process is not well: levels may be old."""
PRESENT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Place:
    address: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    admission: int | None = None
    """Scans a second that are let in at most; None: as many as come."""


@dataclass(slots=True)
class Tenant:
    state: State
    writer: Writer
    lists: Lists
    streams: Streams


class Process:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._hall = Hall(ahead=present().timestamp() - time.time())
        self._keeper = Gatekeeper(self._hall, admission=place.admission)
        self._tenants: dict[UUID, Tenant] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="loading")
        self._conninfo = connections_for(settings.FUGONG_HOME, owner=False)["default"].conninfo()
        self._listener = Listener(self._conninfo, self._heard, self._load_all)

    async def run(self, *, on_ready: Callable[[int], None] = lambda port: None) -> None:
        """Until SIGTERM or SIGINT; then what waits is written, for some seconds."""
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopping.set)
        # Before the first scan: whoever reads while rows move into a day's own table may miss them once.
        await self._make_days()
        await self._load_all()
        self._routes()
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
        on_ready(server.sockets[0].getsockname()[1])
        await stopping.wait()
        server.close()
        await self._end()

    async def _end(self) -> None:
        until = time.monotonic() + LAST_WORDS
        while any(each.writer.is_busy for each in self._tenants.values()) and time.monotonic() < until:
            await asyncio.sleep(0.02)
        for task in self._tasks:
            task.cancel()
        # Bounded: what waits for a database that stands still would wait for ever.
        await asyncio.wait(self._tasks, timeout=LAST_WORDS)
        for connection in list(self._hall.connections):
            connection.hang_up()
        self._loader.shutdown(wait=False, cancel_futures=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tls(self) -> ssl.SSLContext | None:
        if self._place.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._place.certificate, self._place.key)
        return context

    # What is loaded, and again.

    async def _in_thread(self, act: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        def guarded() -> Any:
            close_old_connections()
            return act(*arguments, **options)

        return await asyncio.get_running_loop().run_in_executor(self._loader, guarded)

    async def _load_all(self) -> None:
        for authority in await self._in_thread(areas.list_authorities):
            await self._load(authority.id)

    async def _load(self, authority_id: UUID) -> None:
        state = await self._in_thread(loading.load_state, authority_id, now=present())
        tenant = self._tenants.get(authority_id)
        if tenant is None:
            writer, lists = Writer(authority_id, self._conninfo), Lists(state)
            tenant = self._tenants[authority_id] = Tenant(state, writer, lists, Streams(lists))
            self._start(writer.run())
            self._start(Folder(authority_id, self._conninfo, writer).run())
        else:
            tenant.state.replace_by(state)
            tenant.streams.tell_whole()
        self._know_devices()
        await self._remember(tenant)

    async def _remember(self, tenant: Tenant) -> None:
        since = present() - PRESENT_FOR
        found = await self._in_thread(loading.load_presence, tenant.state, since=since)
        for presence, subject, at, into in found:
            presence.passes(subject, at, into=into)
        for presence in tenant.state.presences.values():
            presence.forget(int(since.timestamp() * 1_000_000))

    def _know_devices(self) -> None:
        tenants = self._tenants.values()
        devices = {token: device for each in tenants for token, device in each.state.devices.items()}
        self._keeper.know(devices, {id_: each.writer for id_, each in self._tenants.items()})
        for tenant in tenants:
            tenant.streams.keep_only({device.id.bytes for device in tenant.state.devices.values()})

    async def _heard(self, authority_id: UUID, kind: str, ids: list[UUID]) -> None:
        tenant = self._tenants.get(authority_id)
        if tenant is None:
            await self._load(authority_id)
            return
        try:
            await self._take_in(tenant, kind, ids)
        except Error as error:
            log.warning("what changed could not be read: %s", error)
            await self._load(authority_id)

    async def _take_in(self, tenant: Tenant, kind: str, ids: list[UUID]) -> None:
        state, now = tenant.state, present()
        if kind == "person":
            tenant.streams.tell_people(await self._in_thread(loading.load_people, state, ids=ids))
            if not state.visiting.isdisjoint(ids):
                await self._in_thread(loading.load_guests, state, now=now)
                tenant.streams.tell_whole()
        elif kind == "device":
            await self._in_thread(loading.load_devices, state)
            self._know_devices()
        elif kind in ("phone", "card"):
            await self._in_thread(loading.load_revoked, state, now=now)
            tenant.streams.tell_whole()
        elif kind in ("visit", "pass"):
            await self._in_thread(loading.load_guests, state, now=now)
            tenant.streams.tell_whole()
        else:
            await self._load(state.authority)

    async def _hourly(self) -> None:
        """The day's rules, its partitions, and authorities founded since."""
        while True:
            await asyncio.sleep(HOUR - present().timestamp() % HOUR + A_MOMENT)
            await self._make_days()
            with suppress(Error):
                await self._load_all()

    async def _make_days(self) -> None:
        try:
            await self._in_thread(make_days, now=present())
        except Error as error:
            log.warning("no partitions were made: %s", error)

    async def _breathe(self) -> None:
        while True:
            await asyncio.sleep(BREATH_EVERY)
            for tenant in self._tenants.values():
                tenant.streams.breathe()

    # What is answered besides scans.

    def _routes(self) -> None:
        self._keeper.routes.update(
            {
                (b"GET", b"/gate/state"): self._state,
                (b"GET", b"/gate/stream"): self._stream,
                (b"GET", b"/gate/healthz"): self._health,
                (b"GET", b"/gate/metrics"): self._metrics,
            }
        )

    def _state(self, device: Device | None, slot: Slot) -> None:
        if device is None:
            slot.fill(401, UNKNOWN_DEVICE)
        else:
            self._start(self._send_state(device, slot))

    async def _send_state(self, device: Device, slot: Slot) -> None:
        lists = self._tenants[device.state.authority].lists
        slot.fill(200, written(await lists.sent_to(device, self._hall.now() / 1_000_000)))

    def _stream(self, device: Device | None, slot: Slot) -> None:
        if device is None:
            slot.fill(401, UNKNOWN_DEVICE)
        else:
            self._tenants[device.state.authority].streams.open(device, slot)

    def _health(self, _device: Device | None, slot: Slot) -> None:
        writers = [each.writer for each in self._tenants.values()]
        is_well = self._listener.silent_for < SILENCE and all(each.is_well for each in writers)
        told = {
            "well": is_well,
            "waiting": sum(each.waits for each in writers),
            "written": sum(each.written for each in writers),
            "silent_for": round(self._listener.silent_for, 1),
        }
        slot.fill(200 if is_well else 503, written(told))

    def _metrics(self, _device: Device | None, slot: Slot) -> None:
        writers = [each.writer for each in self._tenants.values()]
        counted = {
            "fugong_gate_scans_written_total": sum(each.written for each in writers),
            "fugong_gate_statements_total": sum(each.statements for each in writers),
            "fugong_gate_scans_refused_total": self._keeper.refused + sum(each.failed for each in writers),
            "fugong_gate_requests_shed_total": self._keeper.shed,
            "fugong_gate_unknown_devices_total": self._keeper.unknown,
            "fugong_gate_scans_waiting": sum(each.waits for each in writers),
            "fugong_gate_connections": len(self._hall.connections),
            "fugong_gate_people": sum(len(each.state.people) for each in self._tenants.values()),
            "fugong_gate_silent_seconds": round(self._listener.silent_for, 1),
        }
        body = "".join(f"{name} {value}\n" for name, value in counted.items()).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %d\r\n\r\n"
        slot.fill_raw(head % len(body) + body)


def run(place: Place, *, on_ready: Callable[[int], None] = lambda port: None) -> None:
    """Until it is asked to end. Wants Django ready.

    Without `asyncio.Runner`, which at the end waits for every task, however long it hangs.
    """
    loop = new_event_loop()
    try:
        loop.run_until_complete(Process(place).run(on_ready=on_ready))
    finally:
        loop.close()
