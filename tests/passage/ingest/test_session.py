"""A session by libpq's own functions, where the server goes away under it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
import pytest
import uvloop

from fugong.passage.ingest.session import Session
from tests.passage.ingest.test_writing import conninfo

pytestmark = pytest.mark.committed
WAIT = {b"wait": b"select pg_sleep(60)"}


async def opened() -> Session:
    return await Session.opened(conninfo(), UUID(int=1), WAIT, patience=30)


def end(session: Session) -> None:
    """As when the database is killed."""
    with psycopg.connect(conninfo(), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [session._pgconn.backend_pid])


@asynccontextmanager
async def lines(number: int) -> AsyncIterator[list[asyncio.StreamWriter]]:
    """Gates that connect, each of which takes the lowest descriptor that is free, at both ends."""
    far: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _reader, writer: far.append(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    near = [(await asyncio.open_connection("127.0.0.1", port))[1] for _ in range(number)]
    yield near
    for line in (*near, *far):
        line.close()
    server.close()


def run(work):
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        complaints: list[str] = []
        runner.get_loop().set_exception_handler(lambda _loop, told: complaints.append(told["message"]))
        runner.run(work())
    assert complaints == []


@pytest.mark.parametrize("is_asked", [True, False])
def test_session_when_the_server_ends_it_and_gates_connect_at_once_then_it_lets_go(committed_db, is_asked):
    """libpq has closed its descriptor by then, and a gate's line has its number."""

    async def work() -> None:
        session = await opened()
        asked = session.execute(b"wait", []) if is_asked else None
        end(session)
        if asked is not None:
            with pytest.raises(psycopg.OperationalError):
                await asked
        async with lines(20) as open_lines:
            await asyncio.sleep(0.2)
            session.close()
            session.close()
            assert all(not line.is_closing() for line in open_lines)

    run(work)


def test_session_when_closed_then_asked_again_says_that_it_is_over(committed_db):
    async def work() -> None:
        session = await opened()
        session.close()
        with pytest.raises(psycopg.OperationalError):
            await session.execute(b"wait", [])

    run(work)
