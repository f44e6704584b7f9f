"""Medians of several runs, as JSON lines with the commit and the machine they were taken on."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=10"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"


class Report:
    """Prints each result and keeps it in bench/results/<day>-<commit>.jsonl."""

    def __init__(self) -> None:
        self._common: dict[str, object] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": _commit(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        }
        folder = ROOT / "bench" / "results"
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{datetime.now(UTC):%Y-%m-%d}-{self._common['commit']}.jsonl"

    def add(self, name: str, **values: object) -> None:
        line = json.dumps({"name": name, **values, **self._common}, ensure_ascii=False)
        print(line, flush=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def median_ms(action: Callable[[], object], *, runs: int = 15, warm: int = 3) -> float:
    """The middle of `runs` after `warm` that do not count; milliseconds."""
    for _run in range(warm):
        action()
    return round(statistics.median(seconds(action) for _run in range(runs)) * 1000, 2)
