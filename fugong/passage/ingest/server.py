"""The gate process: what a request asks for, and the answer once the scan is durable."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping
from time import monotonic
from typing import Final, Protocol
from uuid import UUID

import msgspec

from fugong.passage.ingest.http import Hall, Slot
from fugong.passage.ingest.judging import BadScan, judge
from fugong.passage.ingest.known import Device
from fugong.passage.ingest.messages import (
    MOST_IN_A_BATCH,
    NOT_FOUND,
    NOT_TO_BE_KEPT,
    OVERLOADED,
    UNKNOWN_DEVICE,
    WRONG_METHOD,
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


class Route(Protocol):
    def __call__(self, device: Device | None, slot: Slot, /) -> None: ...


class Admission:
    """So many scans a second and no more, with a tenth of a second's worth at once. None: no limit."""

    def __init__(self, rate: int | None) -> None:
        self._rate, self._left, self._at = rate, (rate or 0) / 10, monotonic()

    def takes(self, count: int) -> bool:
        if self._rate is None:
            return True
        now = monotonic()
        self._left = min(self._left + (now - self._at) * self._rate, max(self._rate / 10, count))
        self._at = now
        if self._left < count:
            return False
        self._left -= count
        return True


class Gatekeeper:
    """Answers the requests of all gates. `devices` by the hash of their tokens, of all authorities."""

    def __init__(self, hall: Hall, *, admission: int | None = None) -> None:
        self.devices: dict[bytes, Device] = {}
        self.writers: dict[UUID, Writer] = {}
        self.routes: dict[tuple[bytes, bytes], Route] = {}
        self.shed = self.refused = self.unknown = 0
        self._admission = Admission(admission)
        self._hall = hall
        self._seen: dict[bytes, tuple[Device, Writer]] = {}

    def know(self, devices: Mapping[bytes, Device], writers: Mapping[UUID, Writer]) -> None:
        """From now on these and no others."""
        self.devices, self.writers = dict(devices), dict(writers)
        self._seen.clear()

    def __call__(self, method: bytes, path: bytes, token: bytes, body: bytes, slot: Slot, /) -> None:
        if path == SCAN and method == b"POST":
            self._scan(token, body, slot)
        elif path == SCANS and method == b"POST":
            self._scans(token, body, slot)
        elif method == b"OPTIONS":
            slot.allow_asking()
        elif route := self.routes.get((method, path)):
            found = self._device(token)
            route(found[0] if found else None, slot)
        else:
            is_known = path in (SCAN, SCANS) or any(path == known for _method, known in self.routes)
            slot.fill(405 if is_known else 404, WRONG_METHOD if is_known else NOT_FOUND)

    def _scan(self, token: bytes, body: bytes, slot: Slot) -> None:
        found = self._seen.get(token) or self._device(token)
        if found is None:
            self.unknown += 1
            slot.fill(401, UNKNOWN_DEVICE)
            return
        if not self._admission.takes(1):
            self._shed(slot)
            return
        try:
            found[1].check_room()
            row, told = judge(read_scan(body), found[0], self._hall.now())
            slot.prepared = written(told)
            found[1].put(row, slot)
        except msgspec.MsgspecError as error:
            self._refuse(slot, Fault("malformed", str(error)))
        except BadScan as bad:
            self._refuse(slot, Fault("bad_value", str(bad), bad.field))
        except Overloaded:
            self._shed(slot)

    def _scans(self, token: bytes, body: bytes, slot: Slot) -> None:
        found = self._seen.get(token) or self._device(token)
        if found is None:
            self.unknown += 1
            slot.fill(401, UNKNOWN_DEVICE)
            return
        try:
            sent = read_batch(body).scans
        except msgspec.MsgspecError as error:
            self._refuse(slot, Fault("malformed", str(error)))
            return
        if not 0 < len(sent) <= MOST_IN_A_BATCH:
            self._refuse(slot, Fault("bad_value", f"Send 1 to {MOST_IN_A_BATCH} scans.", "scans"))
        elif not self._admission.takes(len(sent)):
            self._shed(slot)
        else:
            try:
                self._take(sent, found, slot)
            except Overloaded:
                self._shed(slot)

    def _take(self, sent: list[SentScan], found: tuple[Device, Writer], slot: Slot) -> None:
        """A faulty one is told in its place and does not hold the others."""
        found[1].check_room(len(sent))
        batch, rows, now = _Batch(slot), [], self._hall.now()
        for each in sent:
            try:
                row, told = judge(each, found[0], now)
            except BadScan as bad:
                self.refused += 1
                batch.answers.append(Fault("bad_value", str(bad), bad.field, each.nonce))
            else:
                rows.append(row)
                batch.expects(told)
        for row in rows:
            found[1].put(row, batch)
        if not rows:
            batch.finish()

    def _device(self, token: bytes) -> tuple[Device, Writer] | None:
        device = self.devices.get(hashlib.sha256(token).digest())
        if device is None:
            return None
        found = self._seen[token] = (device, self.writers[device.state.authority])
        return found

    def _refuse(self, slot: Slot, fault: Fault) -> None:
        self.refused += 1
        slot.fill(400, written(fault))

    def _shed(self, slot: Slot) -> None:
        self.shed += 1
        slot.fill(503, OVERLOADED)


class _Batch:
    """The answers to many, in their order; its rows are settled in that order too."""

    __slots__ = ("_is_away", "_places", "_slot", "answers")

    def __init__(self, slot: Slot) -> None:
        self._slot = slot
        self.answers: list[Told | Fault] = []
        self._places: deque[int] = deque()
        self._is_away = False

    def expects(self, told: Told) -> None:
        """A row of it is about to be put."""
        self._places.append(len(self.answers))
        self.answers.append(told)

    def kept(self) -> None:
        self._settled()

    def refused(self) -> None:
        self.answers[self._places[0]] = NOT_TO_BE_KEPT
        self._settled()

    def not_kept(self) -> None:
        self._is_away = True
        self._settled()

    def _settled(self) -> None:
        self._places.popleft()
        if not self._places:
            self.finish()

    def finish(self) -> None:
        """All of it is to be sent again where any of it was not kept: what is stored is stored once."""
        if self._is_away:
            self._slot.not_kept()
        else:
            self._slot.fill(200, written({"scans": self.answers}))
