"""Who runs the cluster: a record beside the data, believed only while that process lives."""

import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from fugong.core.postgres.processes import find_process


@dataclass(frozen=True, slots=True)
class Owner:
    pid: int
    started: int
    program: str
    machine: str

    @property
    def elsewhere(self) -> bool:
        return self.machine != socket.gethostname()

    @property
    def may_live(self) -> bool:
        """False only for a process known to be dead: of another machine nothing is known.

        The start time tells a living owner from a later process with its number.
        """
        if self.elsewhere:
            return True
        process = find_process(self.pid)
        return process is not None and process.started == self.started

    def __str__(self) -> str:
        where = f" on {self.machine}" if self.elsewhere else ""
        return f"{self.program} (process {self.pid}{where})"


def this_process() -> Owner:
    process = find_process(os.getpid())
    # Only the name and the command word: later arguments may hold what is nobody's business.
    words = [Path(sys.argv[0]).name, *sys.argv[1:2]]
    started = process.started if process else 0
    return Owner(os.getpid(), started, " ".join(words).strip() or "python", socket.gethostname())


def read_owner(root: Path) -> Owner | None:
    try:
        return Owner(**json.loads(_record(root).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_owner(root: Path, owner: Owner) -> None:
    fresh = root / "owner.new"
    fresh.unlink(missing_ok=True)
    fresh.write_text(json.dumps(asdict(owner)), encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(_record(root))


def _record(root: Path) -> Path:
    return root / "owner.json"
