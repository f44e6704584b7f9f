"""Lines that begin a request and do not end it, and parts of the process that fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from fugong.passage.ingest import http
from fugong.passage.ingest.http import Connection, Hall, Slot
from fugong.passage.ingest.process import Place, Process

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]
BEGUN = b"POST /gate/scan HTTP/1.1\r\nHost: gate\r\nContent-Length: 9\r\n\r\n{"


def answered(_method: bytes, _path: bytes, _token: bytes, body: bytes, slot: Slot, /) -> None:
    slot.fill(200, body)


async def at_a_server(act: Callable[[int], Awaitable[Any]]) -> Any:
    hall, loop = Hall(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answered, hall), "127.0.0.1", 0)
    running = asyncio.create_task(hall.run())
    try:
        return await act(server.sockets[0].getsockname()[1])
    finally:
        running.cancel()
        server.close()


async def heard_of(port: int, *pieces: bytes) -> tuple[bytes, float]:
    """All that is said on a line that sends these, until it is hung up, and after how many seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.05)
    said = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return said, time.monotonic() - began


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(http, "IDLE", 0.4)
    monkeypatch.setattr(http, "LOOK_EVERY", 0.05)


@pytest.mark.parametrize(
    "pieces", [(), (BEGUN[:20],), (BEGUN,), tuple(BEGUN[at : at + 8] for at in range(0, 40, 8))]
)
def test_line_when_its_request_does_not_end_then_told_and_hung_up(impatient, pieces):
    said, after = asyncio.run(at_a_server(lambda port: heard_of(port, *pieces)))
    assert said.startswith(b"HTTP/1.1 408 ")
    assert 0.3 < after < 5


def test_line_when_it_waits_between_whole_requests_then_left_alone(impatient):
    async def patient(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _again in range(2):
            writer.write(BEGUN + b"12345678")
            assert (await reader.readuntil(b"12345678")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(1)
        writer.close()
        return b"whole"

    assert asyncio.run(at_a_server(patient)) == b"whole"


def test_process_when_a_part_of_it_fails_then_it_ends_by_that(settings, tmp_path):
    settings.FUGONG_HOME = tmp_path

    async def failing() -> None:
        raise RuntimeError("a part failed")

    async def ended() -> BaseException | None:
        process = Process(Place("127.0.0.1", 0))
        process._start(failing())
        await asyncio.wait_for(process._stopping.wait(), 5)
        return process._fault

    assert str(asyncio.run(ended())) == "a part failed"


def test_process_when_one_answer_fails_then_it_goes_on(settings, tmp_path, caplog):
    settings.FUGONG_HOME = tmp_path

    async def failing() -> None:
        raise RuntimeError("an answer failed")

    async def lives() -> bool:
        process = Process(Place("127.0.0.1", 0))
        process._start_aside(failing())
        await asyncio.sleep(0.05)
        return not process._stopping.is_set()

    assert asyncio.run(lives())
    assert "an answer failed" in caplog.text
