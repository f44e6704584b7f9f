"""What the process knows of each authority: loaded at first, changed as the database tells."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import Error, close_old_connections

from fugong.areas import queries as areas
from fugong.core.clock import now as present
from fugong.passage.ingest import loading
from fugong.passage.ingest.folding import Folder
from fugong.passage.ingest.known import State
from fugong.passage.ingest.lists import Lists
from fugong.passage.ingest.server import Gatekeeper
from fugong.passage.ingest.streams import Streams
from fugong.passage.ingest.writer import Writer

log = logging.getLogger(__name__)
PRESENT_FOR: Final = timedelta(hours=24)


@dataclass(slots=True)
class Tenant:
    state: State
    writer: Writer
    lists: Lists
    streams: Streams


class Tenants:
    """`start` takes the work that goes on for as long as the process."""

    def __init__(
        self, keeper: Gatekeeper, conninfo: str, start: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        self._keeper, self._conninfo, self._start = keeper, conninfo, start
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="loading")
        self.all: dict[UUID, Tenant] = {}

    @property
    def writers(self) -> list[Writer]:
        return [each.writer for each in self.all.values()]

    async def in_thread(self, act: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """What asks the database and may take its time."""

        def guarded() -> Any:
            close_old_connections()
            return act(*arguments, **options)

        return await asyncio.get_running_loop().run_in_executor(self._loader, guarded)

    def close(self) -> None:
        self._loader.shutdown(wait=False, cancel_futures=True)

    async def load_all(self) -> None:
        for authority in await self.in_thread(areas.list_authorities):
            await self._load(authority.id)

    async def heard(self, authority_id: UUID, kind: str, ids: list[UUID]) -> None:
        """What the database told: things of that kind have changed."""
        tenant = self.all.get(authority_id)
        if tenant is None:
            await self._load(authority_id)
            return
        try:
            await self._take_in(tenant, kind, ids)
        except Error as error:
            log.warning("what changed could not be read: %s", error)
            await self._load(authority_id)

    async def _load(self, authority_id: UUID) -> None:
        state = await self.in_thread(loading.load_state, authority_id, now=present())
        tenant = self.all.get(authority_id)
        if tenant is None:
            writer, lists = Writer(authority_id, self._conninfo), Lists(state)
            tenant = self.all[authority_id] = Tenant(state, writer, lists, Streams(lists))
            self._start(writer.run())
            self._start(Folder(authority_id, self._conninfo, writer).run())
        else:
            tenant.state.replace_by(state)
            tenant.lists.forget()
            tenant.streams.tell_whole()
        self._know_devices()
        await self._remember(tenant)

    async def _remember(self, tenant: Tenant) -> None:
        since = present() - PRESENT_FOR
        found = await self.in_thread(loading.load_presence, tenant.state, since=since)
        for presence, subject, at, into in found:
            presence.passes(subject, at, into=into)
        for presence in tenant.state.presences.values():
            presence.forget(int(since.timestamp() * 1_000_000))

    def _know_devices(self) -> None:
        tenants = self.all.values()
        devices = {token: device for each in tenants for token, device in each.state.devices.items()}
        self._keeper.know(devices, {id_: each.writer for id_, each in self.all.items()})
        for tenant in tenants:
            tenant.streams.keep_only({device.id.bytes for device in tenant.state.devices.values()})

    async def _take_in(self, tenant: Tenant, kind: str, ids: list[UUID]) -> None:
        state, now = tenant.state, present()
        if kind == "person":
            tenant.streams.tell_people(await self.in_thread(loading.load_people, state, ids=ids))
            if not state.visiting.isdisjoint(ids):
                await self._take_in_guests(tenant)
        elif kind == "device":
            await self.in_thread(loading.load_devices, state)
            self._know_devices()
        elif kind in ("phone", "card"):
            await self.in_thread(loading.load_revoked, state, now=now)
            tenant.lists.turn()
            tenant.streams.tell_whole()
        elif kind in ("visit", "pass"):
            await self._take_in_guests(tenant)
        else:
            await self._load(state.authority)

    async def _take_in_guests(self, tenant: Tenant) -> None:
        await self.in_thread(loading.load_guests, tenant.state, now=present())
        tenant.lists.forget_guests()
        tenant.streams.tell_whole()
