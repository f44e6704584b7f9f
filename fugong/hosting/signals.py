"""Being asked to end: by Ctrl-C, by a service manager, by a terminal that closes."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Requests:
    """Counts how often the end was asked for; `wait` returns early when it is."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._count = 0

    def wait(self, seconds: float) -> bool:
        """Whether the end has been asked for; looks for up to `seconds`."""
        return self._look(seconds) > 0

    def is_urgent(self) -> bool:
        """Whether it was asked for again: somebody is impatient."""
        return self._look(0) > 1

    def _look(self, seconds: float) -> int:
        if select.select([self._handle], [], [], seconds)[0]:
            arrived = os.read(self._handle, 64)
            self._count += sum(byte in ENDING for byte in arrived)
        return self._count


@contextmanager
def requests_to_end() -> Iterator[Requests]:
    """While inside, the signals of `ENDING` interrupt nothing: they are read from a pipe when it suits."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    handlers = {number: signal.signal(number, lambda *_: None) for number in ENDING}
    try:
        yield Requests(reading)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        os.close(reading)
        os.close(writing)
