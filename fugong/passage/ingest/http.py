"""One connection of a gate: requests in, answers out in the order of the requests."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final, Protocol, cast

import httptools

BODY_LIMIT: Final = 64 * 1024
HEADER_LIMIT: Final = 16 * 1024
IDLE: Final = 30.0
"""Seconds within which a request that has begun must be whole: a slow one holds a place, no more."""
_LINES: Final = {
    200: b"HTTP/1.1 200 OK\r\n",
    400: b"HTTP/1.1 400 Bad Request\r\n",
    401: b"HTTP/1.1 401 Unauthorized\r\n",
    404: b"HTTP/1.1 404 Not Found\r\n",
    405: b"HTTP/1.1 405 Method Not Allowed\r\n",
    408: b"HTTP/1.1 408 Request Timeout\r\n",
    413: b"HTTP/1.1 413 Content Too Large\r\n",
    503: b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n",
}
_HEAD: Final = b"Content-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: "


class Slot:
    """The place of one answer among those of its connection."""

    __slots__ = ("answer", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.answer: bytes | None = None

    def fill(self, status: int, body: bytes) -> None:
        self.answer = b"%b%b%d\r\n\r\n%b" % (_LINES[status], _HEAD, len(body), body)
        self.connection.flush()


class Handler(Protocol):
    def __call__(self, method: bytes, path: bytes, token: bytes, body: bytes, slot: Slot, /) -> None: ...


class Connection(asyncio.Protocol):
    def __init__(self, handle: Handler, connections: set[Connection]) -> None:
        self._handle, self._connections = handle, connections
        self._parser = httptools.HttpRequestParser(self)
        self._slots: deque[Slot] = deque()
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._reset()

    def _reset(self) -> None:
        self._path = self._token = b""
        self._body: list[bytes] = []
        self._size = self._head_size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._connections.discard(self)
        self._stop_timer()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._refuse(400)
        except httptools.HttpParserError:
            self._refuse(400)

    def on_message_begin(self) -> None:
        self._reset()
        self._timer = asyncio.get_running_loop().call_later(IDLE, self._refuse, 408)

    def on_url(self, url: bytes) -> None:
        self._path += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_size += len(name) + len(value)
        if self._head_size > HEADER_LIMIT:
            self._refuse(413)
        if len(name) == 13 and name.lower() == b"authorization":
            self._token = value.removeprefix(b"Bearer ")

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self._size > BODY_LIMIT:
            self._refuse(413)
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        self._stop_timer()
        if self._transport is None:
            return
        slot = Slot(self)
        self._slots.append(slot)
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._handle(self._parser.get_method(), self._path, self._token, body, slot)

    def flush(self) -> None:
        """Answers that are ready and have none before them."""
        slots, ready = self._slots, []
        while slots and slots[0].answer is not None:
            ready.append(slots.popleft().answer)
        if ready and self._transport is not None:
            self._transport.write(b"".join(ready) if len(ready) > 1 else ready[0])  # type: ignore[arg-type]

    def _refuse(self, status: int) -> None:
        """What comes after cannot be told apart any more: the connection ends."""
        self._stop_timer()
        if self._transport is None:
            return
        self._transport.write(_LINES[status] + b"Connection: close\r\nContent-Length: 0\r\n\r\n")
        self._transport.close()
        self._transport = None

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
