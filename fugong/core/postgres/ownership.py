"""Who runs the cluster: a record beside the data, believed only while that process lives."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from fugong.core.postgres.processes import find_process


@dataclass(frozen=True, slots=True)
class Owner:
    pid: int
    started: int
    program: str

    @property
    def alive(self) -> bool:
        """The start time tells a living owner from a later process with its number."""
        process = find_process(self.pid)
        return process is not None and process.started == self.started

    @property
    def here(self) -> bool:
        return self.pid == os.getpid()

    def __str__(self) -> str:
        return f"{self.program} (process {self.pid})"


def this_process() -> Owner:
    process = find_process(os.getpid())
    # Only the name and the command word: later arguments may hold what is nobody's business.
    words = [Path(sys.argv[0]).name, *sys.argv[1:2]]
    return Owner(os.getpid(), process.started if process else 0, " ".join(words))


def read_owner(record: Path) -> Owner | None:
    try:
        return Owner(**json.loads(record.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_owner(record: Path, owner: Owner) -> None:
    fresh = record.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.write_text(json.dumps(asdict(owner)), encoding="utf-8")
    fresh.replace(record)
