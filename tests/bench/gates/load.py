"""What sends the scans: many lines, each with one request under way, as fast as answers come or by a clock.

`python -m tests.bench.gates.load '{"port": …}'` prints one line of JSON. It has a process of its own, so that
its cost is not the server's; it stands on the same processors, so it is as lean as it can be: bare sockets,
epoll, and all of a request but its nonce and its moment made beforehand.
"""

from __future__ import annotations

import json
import random
import select
import socket
import ssl
import sys
import time
from array import array
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from fugong.passage.rules.codes import Claim, LiveCode, mac_of, phone_key

WARM = 1.0  # seconds that do not count
PATIENCE = 20.0  # seconds for the last answers
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
    latencies: array[float] = field(default_factory=lambda: array("d"))
    answered: int = 0
    refused: int = 0
    said: str = ""


class Sender:
    """All that is sent; each scan with a nonce and a moment of its own, of as many digits as the others."""

    def __init__(self, orders: Orders, codes: list[tuple[int, bytes, int]]) -> None:
        self._scans = [
            b'{"gate":%d,"code":"%b","direction":1,"temperature":%d,"nonce":' % each for each in codes
        ]
        self._batch, self._ahead = orders.batch, orders.shift
        self._next = random.Random(7).randrange(len(codes))
        self._nonce = random.SystemRandom().randrange(1 << 60, 1 << 61)
        head = (
            f"POST {orders.path} HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer {orders.token}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self._head = head
        self._whole = [
            b"%b%d\r\n\r\n%b" % (head, len(_closed(scan, self._nonce, 10**15)), scan) for scan in self._scans
        ]

    def request(self) -> bytes:
        now = int((time.time() + self._ahead) * 1_000_000)
        if self._batch == 1:
            return _closed(self._whole[self._moved()], self._nonce, now)
        scans = b",".join(_closed(self._scans[self._moved()], self._nonce, now) for _ in range(self._batch))
        return b'%b%d\r\n\r\n{"scans":[%b]}' % (self._head, len(scans) + 12, scans)

    def _moved(self) -> int:
        self._nonce += 1
        self._next = (self._next + 1) % len(self._scans)
        return self._next


def _closed(begun: bytes, nonce: int, at: int) -> bytes:
    return b'%b%d,"at":%d}' % (begun, nonce, at)


class Line:
    __slots__ = ("due", "got", "socket")

    def __init__(self, orders: Orders) -> None:
        plain = socket.create_connection(("127.0.0.1", orders.port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = _tls().wrap_socket(plain) if orders.secure else plain
        self.socket.setblocking(False)
        self.due = 0.0
        self.got = b""

    def send(self, request: bytes, due: float) -> None:
        self.due = due
        sent = self.socket.send(request)
        assert sent == len(request), "a request is smaller than what the system takes at once"

    def answer(self) -> bytes:
        """Empty while it is not whole."""
        try:
            data = self.socket.recv(65_536)
        except (BlockingIOError, ssl.SSLWantReadError):
            return b""
        if not data:
            raise ConnectionError("the server hung up")
        data = self.got + data if self.got else data
        head = data.find(b"\r\n\r\n")
        is_whole = head > 0 and len(data) >= head + 4 + _length(data, head)
        self.got = b"" if is_whole else data
        return data if is_whole else b""


def _length(data: bytes, head: int) -> int:
    at = data.rfind(b"Content-Length: ", 0, head)
    return int(data[at + 16 : head].split(b"\r", 1)[0]) if at >= 0 else 0


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class Load:
    def __init__(self, orders: Orders, sender: Sender) -> None:
        self._orders, self._sender = orders, sender
        self.tally = Tally()
        self._lines = [Line(orders) for _ in range(orders.lines)]
        self._of = {line.socket.fileno(): line for line in self._lines}
        self._poll = select.epoll()
        for number in self._of:
            self._poll.register(number, select.EPOLLIN)
        self._idle = deque(self._lines)
        self._owed: deque[float] = deque()
        self._is_over = False
        self._counts_from = 0.0

    def run(self) -> float:
        """Returns the seconds in which what counts was answered."""
        began = time.perf_counter()
        self._counts_from = began + WARM
        ends = self._counts_from + self._orders.seconds
        if self._orders.rate:
            self._by_the_clock(began, ends)
        else:
            while self._idle:
                self._idle.popleft().send(self._sender.request(), time.perf_counter())
            while time.perf_counter() < ends:
                self._take(0.01)
        self._is_over = True
        ended = time.perf_counter()
        while len(self._idle) < self._orders.lines and time.perf_counter() < ended + PATIENCE:
            self._take(0.01)
        return (ended if not self._orders.rate else time.perf_counter()) - self._counts_from

    def _by_the_clock(self, began: float, ends: float) -> None:
        """Whatever the answers do: the latency counts from the moment at which a scan was due."""
        step, sent = 1 / self._orders.rate, 0
        total = int((ends - began) * self._orders.rate)
        while sent < total:
            due = min(int((time.perf_counter() - began) * self._orders.rate), total)
            for number in range(sent, due):
                moment = began + number * step
                if self._idle:
                    self._idle.popleft().send(self._sender.request(), moment)
                else:
                    self._owed.append(moment)
            sent = max(sent, due)
            self._take(0.001)

    def _take(self, patience: float) -> None:
        for number, _event in self._poll.poll(patience):
            line = self._of[number]
            if answer := line.answer():
                self._answered(line, answer)

    def _answered(self, line: Line, answer: bytes) -> None:
        now = time.perf_counter()
        if line.due >= self._counts_from and (self._orders.rate or not self._is_over):
            self._count(now - line.due, answer)
        if self._owed:
            line.send(self._sender.request(), self._owed.popleft())
        elif self._orders.rate or self._is_over:
            self._idle.append(line)
        else:
            line.send(self._sender.request(), now)

    def _count(self, took: float, answer: bytes) -> None:
        if answer.startswith(b"HTTP/1.1 200"):
            self.tally.answered += 1
            self.tally.latencies.append(took)
        else:
            self.tally.refused += 1
            self.tally.said = answer[:300].decode("latin-1")


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
    prepared = time.process_time()
    took = load.run()
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
        "cpu_seconds": round(time.process_time() - prepared, 2),
    }
    print(json.dumps(told), flush=True)


def _at(ordered: list[float], share: float) -> float | None:
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 2) if ordered else None


if __name__ == "__main__":
    main(Orders(**json.loads(sys.argv[1])))
