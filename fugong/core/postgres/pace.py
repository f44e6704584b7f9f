"""Waiting without a limit, but not in silence."""

import time
from collections.abc import Callable
from typing import Final

Say = Callable[[str], None]

FIRST_WORD_AFTER: Final = 5.0  # seconds
LOOK_EVERY: Final = 0.02  # seconds


class Pace:
    """Sleeps between two looks at something, and says ever more rarely how long it has been."""

    def __init__(self, say: Say, sentence: str) -> None:
        self._say, self._sentence = say, sentence
        self._began = time.monotonic()
        self._next = FIRST_WORD_AFTER

    def tick(self) -> None:
        time.sleep(LOOK_EVERY)
        passed = time.monotonic() - self._began
        if passed >= self._next:
            self._say(f"{self._sentence} ({passed:.0f} s so far).")
            self._next *= 2
