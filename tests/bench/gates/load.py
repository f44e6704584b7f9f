"""What sends the scans: many lines, each with one request under way, as fast as answers come or by a clock.

`python -m tests.bench.gates.load '{"port": …}'` prints one line of JSON. It has a process of its own, so that
its cost is not the server's.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import uvloop

from fugong.passage.rules.codes import Claim, LiveCode, mac_of, phone_key

WARM = 1.0  # seconds that do not count
MIX = {"free": 0.90, "elsewhere": 0.04, "old": 0.02, "forged": 0.02, "unknown": 0.01, "fever": 0.01}


@dataclass
class Orders:
    """`people` are [id, number of the enterprise, gate] in a file; `rate` scans a second, 0: closed loop."""

    port: int
    token: str
    secret: str
    people: str
    key_id: int = 1
    lines: int = 64
    seconds: float = 10.0
    rate: float = 0.0
    batch: int = 1
    shift: float = 0.0
    """Seconds by which the server's clock is ahead of this machine's."""
    distinct: int = 20_000
    path: str = "/gate/scan"
    secure: bool = False
    """TLS; whose certificate it is is not looked at."""


@dataclass
class Tally:
    latencies: list[float] = field(default_factory=list)
    answered: int = 0
    refused: int = 0
    said: str = ""


class Sender:
    """All that is sent; each scan with a nonce and a moment of its own."""

    def __init__(self, orders: Orders, codes: list[tuple[int, bytes, int]]) -> None:
        self._orders, self._codes = orders, codes
        self._next = random.Random(7).randrange(len(codes))
        self._nonce = random.SystemRandom().randrange(1 << 60)
        self._head = (
            f"POST {orders.path} HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer {orders.token}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()

    def request(self) -> bytes:
        now = int((time.time() + self._orders.shift) * 1_000_000)
        if self._orders.batch == 1:
            body = self._scan(now)
        else:
            scans = b",".join(self._scan(now) for _ in range(self._orders.batch))
            body = b'{"scans":[' + scans + b"]}"
        return b"%b%d\r\n\r\n%b" % (self._head, len(body), body)

    def _scan(self, now: int) -> bytes:
        self._next = (self._next + 1) % len(self._codes)
        self._nonce += 1
        gate, code, temperature = self._codes[self._next]
        return b'{"gate":%d,"nonce":%d,"at":%d,"code":"%b","direction":1,"temperature":%d}' % (
            gate,
            self._nonce,
            now,
            code,
            temperature,
        )


class Line(asyncio.Protocol):
    def __init__(self, load: Load) -> None:
        self._load = load
        self._due = 0.0
        self._transport: asyncio.Transport | None = None
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def send(self, due: float) -> None:
        self._due = due
        assert self._transport is not None
        self._transport.write(self._load.sender.request())

    def data_received(self, data: bytes) -> None:
        if self._got:
            data = self._got + data
        head = data.find(b"\r\n\r\n")
        if head < 0 or len(data) < head + 4 + _length(data, head):
            self._got = data
            return
        self._got = b""
        self._load.answered(self, self._due, data)


def _length(data: bytes, head: int) -> int:
    at = data.rfind(b"Content-Length: ", 0, head)
    return int(data[at + 16 : head].split(b"\r", 1)[0]) if at >= 0 else 0


class Load:
    def __init__(self, orders: Orders, sender: Sender) -> None:
        self._orders, self.sender = orders, sender
        self.tally = Tally()
        self._idle: deque[Line] = deque()
        self._owed: deque[float] = deque()
        self._is_over = False
        self._counts_from = 0.0

    def answered(self, line: Line, due: float, data: bytes) -> None:
        now = time.perf_counter()
        if due >= self._counts_from:
            if data.startswith(b"HTTP/1.1 200"):
                self.tally.answered += 1
                self.tally.latencies.append(now - due)
            else:
                self.tally.refused += 1
                self.tally.said = data[:300].decode("latin-1")
        if self._owed:
            line.send(self._owed.popleft())
        elif self._orders.rate or self._is_over:
            self._idle.append(line)
        else:
            line.send(now)

    async def run(self) -> float:
        """Returns the seconds in which what counts was answered."""
        loop = asyncio.get_running_loop()
        for _ in range(self._orders.lines):
            _transport, line = await loop.create_connection(
                lambda: Line(self), "127.0.0.1", self._orders.port
            )
            self._idle.append(line)
        began = time.perf_counter()
        self._counts_from = began + WARM
        if self._orders.rate:
            await self._by_the_clock(began)
        else:
            while self._idle:
                self._idle.popleft().send(time.perf_counter())
            await asyncio.sleep(WARM + self._orders.seconds)
        self._is_over = True
        ended = time.perf_counter()
        while len(self._idle) < self._orders.lines and time.perf_counter() < ended + 20:
            await asyncio.sleep(0.01)
        return (ended if not self._orders.rate else time.perf_counter()) - self._counts_from

    def _tls(self) -> ssl.SSLContext | None:
        if not self._orders.secure:
            return None
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    async def _by_the_clock(self, began: float) -> None:
        """Whatever the answers do: the latency counts from the moment at which a scan was due."""
        step, sent = 1 / self._orders.rate, 0
        total = int((WARM + self._orders.seconds) * self._orders.rate)
        while sent < total:
            due = int((time.perf_counter() - began) * self._orders.rate)
            for number in range(sent, min(due, total)):
                moment = began + number * step
                if self._idle:
                    self._idle.popleft().send(moment)
                else:
                    self._owed.append(moment)
            sent = max(sent, min(due, total))
            await asyncio.sleep(0.001)


def codes_of(orders: Orders) -> list[tuple[int, bytes, int]]:
    """Gate, code and temperature of each, in the shares of MIX."""
    chance = random.Random(11)
    with open(orders.people, encoding="utf-8") as file:
        people = json.load(file)
    minute = int(time.time() + orders.shift) // 60
    kinds = chance.choices(list(MIX), list(MIX.values()), k=orders.distinct)
    secret, made = bytes.fromhex(orders.secret), []
    for number, kind in enumerate(kinds):
        id_, place, gate = people[number % len(people)]
        person = UUID(id_) if kind != "unknown" else UUID(int=chance.getrandbits(128))
        claim = Claim(orders.key_id, person, b"\0\0\0\1", minute + 5000, place)
        told = minute - 9 if kind == "old" else minute
        key = b"\1" * 32 if kind == "forged" else secret
        code = str(LiveCode(claim, told, mac_of(phone_key(key, claim), claim, told)))
        at = gate if kind != "elsewhere" else people[(number + len(people) // 2) % len(people)][2]
        made.append((at, code.encode(), 379 if kind == "fever" else chance.randrange(358, 372)))
    return made


def main(orders: Orders) -> None:
    load = Load(orders, Sender(orders, codes_of(orders)))
    took = uvloop.run(load.run())
    ordered = sorted(load.tally.latencies)
    told = {
        "requests": load.tally.answered,
        "scans": load.tally.answered * orders.batch,
        "refused": load.tally.refused,
        "said": load.tally.said,
        "seconds": round(took, 2),
        "p50_ms": _at(ordered, 0.50),
        "p99_ms": _at(ordered, 0.99),
        "max_ms": _at(ordered, 1.0),
        "cpu_seconds": round(time.process_time(), 2),
    }
    print(json.dumps(told), flush=True)


def _at(ordered: list[float], share: float) -> float | None:
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 2) if ordered else None


if __name__ == "__main__":
    main(Orders(**json.loads(sys.argv[1])))
