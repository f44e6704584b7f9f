"""The floor of the gate's own HTTP: every request gets the same answer, and nothing is decided or kept."""

from __future__ import annotations

import asyncio

import uvloop

from fugong.passage.ingest.http import Connection, Hall, Slot
from fugong.passage.ingest.messages import Told, written

ANSWER = written(Told(1, 1, 0, "李*", "green", 100))


def answer(method: bytes, path: bytes, token: bytes, body: bytes, slot: Slot, /) -> None:
    slot.fill(200, ANSWER)


async def serve() -> None:
    hall = Hall()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answer, hall), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await hall.run()


if __name__ == "__main__":
    uvloop.run(serve())
