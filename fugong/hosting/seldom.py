"""What a program that runs long does now and then."""

from __future__ import annotations

import time
from collections.abc import Callable


def seldom(act: Callable[[], object], seconds: float) -> Callable[[], object]:
    """Calls `act` at most once in so many seconds, however often it is called itself."""
    due = time.monotonic() + seconds

    def maybe() -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + seconds
            act()

    return maybe
