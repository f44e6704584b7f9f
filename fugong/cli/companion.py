"""The worker beside the server: started with it, started again when it dies, stopped with it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)
AGAIN_AFTER_SECONDS = 1.0
STOPS_WITHIN_SECONDS = 30.0
COMMAND = (sys.executable, "-m", "fugong.cli", "worker", "--until-orphaned")


class Companion(threading.Thread):
    """Keeps one worker process alive. It finds the database in the environment, as the server does."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        super().__init__(name="companion", daemon=True)
        self._command = command
        self._stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        while not self._stopping.is_set():
            self.process = subprocess.Popen(self._command)  # noqa: S603 every word of the command is ours
            code = self.process.wait()
            if not self._stopping.is_set():
                log.warning("The worker ended with code %s; starting it again.", code)
                self._stopping.wait(AGAIN_AFTER_SECONDS)

    def stop(self) -> None:
        """Asks the worker to finish what it does; kills it when that takes too long, which loses nothing."""
        self._stopping.set()
        patience = time.monotonic() + STOPS_WITHIN_SECONDS
        # Asked again and again: it may have been started anew just before the stop.
        while self.is_alive() and time.monotonic() < patience:
            if self.process is not None:
                self.process.terminate()
            self.join(0.5)
        if self.is_alive() and self.process is not None:
            self.process.kill()
            self.join()


@contextmanager
def worker_beside() -> Iterator[Companion]:
    """While inside, a worker runs beside this process. Enter it when FUGONG_DATABASE_URL names the server."""
    companion = Companion()
    companion.start()
    try:
        yield companion
    finally:
        companion.stop()
