"""One connection of a gate: requests in, answers out in the order of the requests."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from time import monotonic, time_ns
from typing import Final, Protocol, cast

import httptools

from fugong.passage.ingest.messages import AWAY, REFUSED

BODY_LIMIT: Final = 64 * 1024
HEADER_LIMIT: Final = 16 * 1024
IDLE: Final = 30.0
"""Seconds within which a request that has begun must be whole: a slow one holds a place, no more."""
LOOK_EVERY: Final = 5.0
STREAM: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream"
"""How an answer begins that has no end."""
MOST_READ: Final = 2_000
"""Heads that are kept: of so many devices, and a few lengths of each."""
_BLANK: Final = b"\r\n\r\n"
MOST_UNSENT: Final = 256 * 1024
"""Bytes that a listener may leave unread before it is let go: it comes back and asks for the whole."""
_LINES: Final = {
    200: b"HTTP/1.1 200 OK\r\n",
    204: b"HTTP/1.1 204 No Content\r\n",
    400: b"HTTP/1.1 400 Bad Request\r\n",
    401: b"HTTP/1.1 401 Unauthorized\r\n",
    404: b"HTTP/1.1 404 Not Found\r\n",
    405: b"HTTP/1.1 405 Method Not Allowed\r\n",
    408: b"HTTP/1.1 408 Request Timeout\r\n",
    413: b"HTTP/1.1 413 Content Too Large\r\n",
    503: b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n",
}
# The token is in a header that no page of another site can know, and no cookie is asked for.
_SHARED: Final = (
    b"Access-Control-Allow-Origin: *\r\n"
    b"Access-Control-Expose-Headers: Fugong-Time, Retry-After\r\n"
    b"Cache-Control: no-store\r\n"
)
_ASKED_BEFORE: Final = (
    b"Access-Control-Allow-Methods: GET, POST\r\n"
    b"Access-Control-Allow-Headers: authorization, content-type\r\n"
    b"Access-Control-Max-Age: 7200\r\nContent-Length: 0\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the parser made of the bytes before a body. A device sends the same ones again and again."""

    method: bytes
    path: bytes
    token: bytes
    length: int


class Hall:
    """What all connections share: who is there, and what time it is, to a twentieth of a second."""

    def __init__(self, *, ahead: float = 0.0) -> None:
        """`ahead`: seconds by which the clock asked is ahead of the machine's."""
        self.connections: set[Connection] = set()
        self._ahead = int(ahead * 1_000_000)
        self.heads: dict[int, bytes] = {}
        self.read: dict[bytes, Head] = {}
        self.moment = monotonic()
        self.tick()

    def now(self) -> int:
        """Microseconds since 1970 UTC."""
        return time_ns() // 1000 + self._ahead

    def tick(self) -> None:
        self.moment = monotonic()
        told = b"Fugong-Time: %d\r\n" % (self.now() // 1000)
        for status, line in _LINES.items():
            self.heads[status] = line + told + _SHARED + b"Content-Type: application/json\r\nContent-Length: "

    async def run(self) -> None:
        """Until it is cancelled: the time in the answers, and an end to requests that never end."""
        looked = 0.0
        while True:
            self.tick()
            if self.moment - looked > LOOK_EVERY:
                looked = self.moment
                for connection in list(self.connections):
                    connection.end_if_slow(looked - IDLE)
            await asyncio.sleep(0.05)


class Slot:
    """The place of one answer among those of its connection; it may wait for a row to be durable."""

    __slots__ = ("answer", "connection", "prepared")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.answer: bytes | None = None
        self.prepared = b""

    def kept(self) -> None:
        self.fill(200, self.prepared)

    def refused(self) -> None:
        self.fill(400, REFUSED)

    def not_kept(self) -> None:
        self.fill(503, AWAY)

    def fill(self, status: int, body: bytes) -> None:
        self.answer = b"%b%d\r\n\r\n%b" % (self.connection.hall.heads[status], len(body), body)
        self.connection.flush()

    def fill_raw(self, answer: bytes) -> None:
        self.answer = answer
        self.connection.flush()

    def allow_asking(self) -> None:
        """The browser's question before a request from another address."""
        self.fill_raw(_LINES[204] + _SHARED + _ASKED_BEFORE)


class Handler(Protocol):
    def __call__(self, method: bytes, path: bytes, token: bytes, body: bytes, slot: Slot, /) -> None: ...


class Connection(asyncio.Protocol):
    def __init__(self, handle: Handler, hall: Hall) -> None:
        self._handle, self.hall = handle, hall
        self._parser = httptools.HttpRequestParser(self)
        self._slots: deque[Slot] = deque()
        self._transport: asyncio.Transport | None = None
        self._begun = 0.0
        self._path = self._token = self._body = b""
        self._head_size = 0
        self._is_last = False
        self._is_between = True
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.hall.connections.add(self)
        self._begun = self.hall.moment

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self.hall.connections.discard(self)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def data_received(self, data: bytes) -> None:
        """A whole request whose head was read before needs no parser; all else does."""
        end = data.find(_BLANK) + 4
        head = self.hall.read.get(data[:end]) if self._is_between and end > 3 else None
        if head is not None and len(data) == end + head.length:
            self._answer(head, data[end:])
            return
        self._parse(data, end)

    def _parse(self, data: bytes, end: int) -> None:
        was_between, self._is_between, self._whole = self._is_between, False, 0
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserUpgrade, httptools.HttpParserError):
            self._refuse(400)
        if self._whole == 1 and was_between and self._is_between and not self._is_last:
            self._remember(data, end)

    def _remember(self, data: bytes, end: int) -> None:
        """Of a request that came as one piece and left nothing over."""
        if len(data) - end == len(self._body) and end <= HEADER_LIMIT:
            if len(self.hall.read) >= MOST_READ:
                self.hall.read.clear()
            method = self._parser.get_method()
            self.hall.read[data[:end]] = Head(method, self._path, self._token, len(self._body))

    def on_message_begin(self) -> None:
        self._is_between = False
        self._path = self._token = self._body = b""
        self._head_size = 0
        self._begun = self._begun or self.hall.moment

    def on_url(self, url: bytes) -> None:
        self._path += url
        if len(self._path) > HEADER_LIMIT:
            self._refuse(413)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_size += len(name) + len(value)
        if self._head_size > HEADER_LIMIT:
            self._refuse(413)
        elif len(name) == 13 and name.lower() == b"authorization":
            self._token = value[7:] if value.startswith(b"Bearer ") else b""

    def on_body(self, body: bytes) -> None:
        if len(self._body) + len(body) > BODY_LIMIT:
            self._refuse(413)
        else:
            self._body = self._body + body if self._body else body

    def on_message_complete(self) -> None:
        self._begun = 0.0
        self._is_between = True
        self._whole += 1
        if self._transport is None:
            return
        self._is_last = not self._parser.should_keep_alive()
        slot = Slot(self)
        self._slots.append(slot)
        self._handle(self._parser.get_method(), self._path, self._token, self._body, slot)

    def _answer(self, head: Head, body: bytes) -> None:
        self._begun = 0.0
        slot = Slot(self)
        self._slots.append(slot)
        self._handle(head.method, head.path, head.token, body, slot)

    def flush(self) -> None:
        """Answers that are ready and have none before them."""
        slots, transport = self._slots, self._transport
        if transport is None:
            slots.clear()
            return
        if len(slots) == 1:
            answer = slots[0].answer
            if answer is not None:
                slots.clear()
                transport.write(answer)
                if self._is_last and not answer.startswith(STREAM):
                    transport.close()
            return
        ready = []
        while slots and slots[0].answer is not None:
            ready.append(slots.popleft().answer)
        transport.write(b"".join(ready))  # type: ignore[arg-type]

    def send(self, data: bytes) -> None:
        """More of an answer that has no end."""
        if self._transport is None:
            return
        if self._transport.get_write_buffer_size() > MOST_UNSENT:
            self._transport.abort()
        else:
            self._transport.write(data)

    def hang_up(self) -> None:
        """After what was written is sent."""
        if self._transport is not None:
            self._transport.close()

    def end_if_slow(self, limit: float) -> None:
        """A request that began before `limit` (monotonic) and is not whole, or none that ever began."""
        if self._begun and self._begun < limit:
            self._refuse(408)

    def _refuse(self, status: int) -> None:
        """What comes after cannot be told apart any more: the connection ends."""
        if self._transport is None:
            return
        self._transport.write(_LINES[status] + _SHARED + b"Connection: close\r\nContent-Length: 0\r\n\r\n")
        self._transport.close()
        self._transport = None
        self.hall.connections.discard(self)
