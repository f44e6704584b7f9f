"""What the process answers besides scans: lists, streams, how it is."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fugong.passage.ingest.http import Hall, Slot
from fugong.passage.ingest.known import Device
from fugong.passage.ingest.listening import Listener
from fugong.passage.ingest.messages import UNKNOWN_DEVICE, written
from fugong.passage.ingest.server import Gatekeeper
from fugong.passage.ingest.tenants import Tenants

SILENCE: Final = 30.0
"""Seconds without a word from the database after which the process is not well: levels may be old."""


class Answers:
    def __init__(
        self,
        hall: Hall,
        keeper: Gatekeeper,
        tenants: Tenants,
        listener: Listener,
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._hall, self._keeper, self._tenants, self._listener = hall, keeper, tenants, listener
        self._start = start

    def be_asked(self) -> None:
        """From now on."""
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
        lists = self._tenants.all[device.state.authority].lists
        slot.fill(200, written(await lists.sent_to(device, self._hall.now() / 1_000_000)))

    def _stream(self, device: Device | None, slot: Slot) -> None:
        if device is None:
            slot.fill(401, UNKNOWN_DEVICE)
        else:
            self._tenants.all[device.state.authority].streams.open(device, slot)

    def _health(self, _device: Device | None, slot: Slot) -> None:
        writers = self._tenants.writers
        is_well = self._listener.silent_for < SILENCE and all(each.is_well for each in writers)
        told = {
            "well": is_well,
            "waiting": sum(each.waits for each in writers),
            "written": sum(each.written for each in writers),
            "silent_for": round(self._listener.silent_for, 1),
        }
        slot.fill(200 if is_well else 503, written(told))

    def _metrics(self, _device: Device | None, slot: Slot) -> None:
        writers = self._tenants.writers
        counted = {
            "fugong_gate_scans_written_total": sum(each.written for each in writers),
            "fugong_gate_statements_total": sum(each.statements for each in writers),
            "fugong_gate_scans_refused_total": self._keeper.refused + sum(each.failed for each in writers),
            "fugong_gate_requests_shed_total": self._keeper.shed,
            "fugong_gate_unknown_devices_total": self._keeper.unknown,
            "fugong_gate_scans_waiting": sum(each.waits for each in writers),
            "fugong_gate_connections": len(self._hall.connections),
            "fugong_gate_people": sum(len(each.state.people) for each in self._tenants.all.values()),
            "fugong_gate_silent_seconds": round(self._listener.silent_for, 1),
        }
        body = "".join(f"{name} {value}\n" for name, value in counted.items()).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %d\r\n\r\n"
        slot.fill_raw(head % len(body) + body)
