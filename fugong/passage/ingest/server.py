"""The gate process: what a request asks for, and the answer once the scan is durable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final

import msgspec

from fugong.passage.ingest.http import Slot
from fugong.passage.ingest.judging import BadScan, judge
from fugong.passage.ingest.known import Device, State
from fugong.passage.ingest.messages import (
    MOST_IN_A_BATCH,
    Fault,
    SentScan,
    Told,
    read_batch,
    read_scan,
    written,
)
from fugong.passage.ingest.writer import Overloaded, Writer

SCAN: Final = b"/gate/scan"
SCANS: Final = b"/gate/scans"
HEALTH: Final = b"/gate/healthz"
AWAY: Final = written(Fault("not_kept", "The scan is not kept yet. Decide here, keep it and send it again."))
OVERLOADED: Final = written(
    Fault("overloaded", "Too many at once. Decide here, keep the scan, send it again.")
)
UNKNOWN_DEVICE: Final = written(
    Fault("unknown_device", "This device is not known any more. Pair it again at the office.")
)
NOT_FOUND: Final = written(Fault("not_found", "There is nothing here."))


class Gatekeeper:
    """Answers the requests of one authority's gates."""

    def __init__(self, state: State, writer: Writer, *, now: Callable[[], datetime] | None = None) -> None:
        self._state, self._writer = state, writer
        self._now = now or _present
        self._devices: dict[bytes, Device] = {}

    def __call__(self, method: bytes, path: bytes, token: bytes, body: bytes, slot: Slot, /) -> None:
        if path == SCAN and method == b"POST":
            self._scan(token, body, slot)
        elif path == SCANS and method == b"POST":
            self._scans(token, body, slot)
        elif path == HEALTH:
            slot.fill(200, written({"waits": self._writer.waits, "written": self._writer.written}))
        else:
            slot.fill(404, NOT_FOUND)

    def _scan(self, token: bytes, body: bytes, slot: Slot) -> None:
        device = self._device(token)
        if device is None:
            slot.fill(401, UNKNOWN_DEVICE)
            return
        try:
            sent = read_scan(body)
            answer = _Single(slot)
            row, answer.told = judge(sent, device, self._state, now=self._now(), done=answer.done)
            self._writer.put(row)
        except msgspec.MsgspecError as error:
            slot.fill(400, written(Fault("malformed", str(error))))
        except BadScan as bad:
            slot.fill(400, written(Fault("bad_value", str(bad), bad.field)))
        except Overloaded:
            slot.fill(503, OVERLOADED)

    def _scans(self, token: bytes, body: bytes, slot: Slot) -> None:
        device = self._device(token)
        if device is None:
            slot.fill(401, UNKNOWN_DEVICE)
            return
        try:
            sent = read_batch(body).scans
        except msgspec.MsgspecError as error:
            slot.fill(400, written(Fault("malformed", str(error))))
            return
        if not 0 < len(sent) <= MOST_IN_A_BATCH:
            slot.fill(400, written(Fault("bad_value", f"Send 1 to {MOST_IN_A_BATCH} scans.", "scans")))
            return
        _Batch(slot, len(sent)).take(sent, device, self)

    def judged(self, sent: SentScan, device: Device, done: Callable[[bool], None]) -> Told:
        """Raises BadScan and Overloaded."""
        row, told = judge(sent, device, self._state, now=self._now(), done=done)
        self._writer.put(row)
        return told

    def _device(self, token: bytes) -> Device | None:
        return self._state.devices.get(hashlib.sha256(token).digest())


class _Single:
    """The answer to one scan, which waits for its commit."""

    __slots__ = ("_slot", "told")

    def __init__(self, slot: Slot) -> None:
        self._slot = slot
        self.told: Told | None = None

    def done(self, is_durable: bool) -> None:
        if is_durable:
            self._slot.fill(200, written(self.told))
        else:
            self._slot.fill(503, AWAY)


class _Batch:
    """The answers to many; a faulty one is told in its place and does not hold the others."""

    __slots__ = ("_answers", "_left", "_slot")

    def __init__(self, slot: Slot, count: int) -> None:
        self._slot, self._left = slot, count
        self._answers: list[Told | Fault | None] = [None] * count

    def take(self, sent: list[SentScan], device: Device, keeper: Gatekeeper) -> None:
        for place, each in enumerate(sent):
            try:
                self._answers[place] = keeper.judged(each, device, partial(self._done, place))
            except BadScan as bad:
                self._faulty(place, Fault("bad_value", str(bad), bad.field))
            except Overloaded:
                self._faulty(place, Fault("overloaded", "Send it again."))

    def _faulty(self, place: int, fault: Fault) -> None:
        self._answers[place] = fault
        self._one_less()

    def _done(self, place: int, is_durable: bool) -> None:
        if not is_durable:
            self._answers[place] = Fault("not_kept", "Send it again.")
        self._one_less()

    def _one_less(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._slot.fill(200, written({"scans": self._answers}))


def _present() -> datetime:
    return datetime.now(UTC)
