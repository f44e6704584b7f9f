"""The clock of the pages, standing still: a test means the same in a run of seconds and in one of an hour."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from fugong.core import clock


def stand_still(at: datetime, *, settings: Any, monkeypatch: Any) -> None:
    """`present()` says `at` and nothing else; every other clock of the process runs on."""
    settings.FUGONG_CLOCK, settings.FUGONG_CLOCK_ANCHOR = at, 0
    monkeypatch.setattr(clock, "time", SimpleNamespace(time=lambda: clock._STARTED))
