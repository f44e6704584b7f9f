"""The processes of a running server: started, watched, started again when they die, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

Say = Callable[[str], None]
BETWEEN: Final = Path(__file__).with_name("child.py")
FIRST_PAUSE: Final = 0.5  # seconds; doubled at each death
LONGEST_PAUSE: Final = 30.0
STEADY_AFTER: Final = 60.0  # seconds of life after which a death counts as the first again


class Child:
    """One program that is to run as long as the supervisor does.

    Must be started from the main thread: the kernel tells the child of its parent's death when the *thread*
    that forked ends.
    """

    def __init__(self, title: str, command: Sequence[str], *, say: Say) -> None:
        self.title, self._command, self._say = title, list(command), say
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = FIRST_PAUSE
        self._started = self._due = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 every word of the command is ours
            [sys.executable, "-I", "-S", str(BETWEEN), str(os.getpid()), *self._command],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for the supervisor, who stops all in order
        )

    def look_after(self) -> None:
        """Says when it has died, and starts it again when its pause is over."""
        if self.is_alive:
            return
        if self._process is not None:
            self._mourn(self._process.returncode)
        elif time.monotonic() >= self._due:
            self.start()

    def ask_to_end(self) -> None:
        self._signal(signal.SIGTERM)

    def end_now(self) -> None:
        """All of its session, in case it left children of its own."""
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def restart(self, *, patience: float) -> None:
        """Ends it in good order, within `patience` seconds, and starts it again at once."""
        end_all([self], patience=patience)
        self.start()

    def _mourn(self, code: int) -> None:
        self.end_now()
        self._process = None
        if time.monotonic() - self._started > STEADY_AFTER:
            self._pause = FIRST_PAUSE
        self._say(f"{self.title} ended ({_cause(code)}); it is started again in {self._pause:g} s.")
        self._due = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)


def end_all(children: Sequence[Child], *, patience: float, hurry: Callable[[], bool] = lambda: False) -> None:
    """Asks each to end, waits together, and kills what is left after `patience` seconds or on `hurry`."""
    for child in children:
        child.ask_to_end()
    end = time.monotonic() + patience
    while any(child.is_alive for child in children) and time.monotonic() < end and not hurry():
        time.sleep(0.02)
    for child in children:
        child.end_now()


def _cause(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
