"""The postmaster.pid file of a data directory, and what is left when its writer was killed."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fugong.core.postgres.processes import find_process, number_is_taken, works_in

STATUS_LINE: Final = 7  # the eighth: starting, ready, standby or stopping


@dataclass(frozen=True, slots=True)
class Postmaster:
    pid: int
    status: str

    @property
    def ready(self) -> bool:
        return self.status == "ready"


def read_postmaster(data: Path) -> Postmaster | None:
    """None when there is no file, or one cut short by a crash."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        status = lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else ""
        return Postmaster(pid=abs(int(lines[0])), status=status)
    except (FileNotFoundError, ValueError, IndexError):
        return None


def ask_to_end(data: Path) -> None:
    """Fast shutdown of a postmaster without owner; only of one that surely works in `data`."""
    postmaster = read_postmaster(data)
    if postmaster and find_process(postmaster.pid) and works_in(postmaster.pid, data):
        os.kill(postmaster.pid, signal.SIGINT)


def drop_stale_file(data: Path) -> None:
    """Remove a file whose process number is now a zombie's or somebody else's.

    PostgreSQL asks only whether the number is taken, and would refuse to start for ever. To be
    called only with the `serving` lock held, which proves that no backend is left. In doubt the
    file stays, and PostgreSQL decides.
    """
    postmaster = read_postmaster(data)
    if postmaster is None or not number_is_taken(postmaster.pid):
        return
    process = find_process(postmaster.pid)
    if process is None or process.command != "postgres" or works_in(postmaster.pid, data) is False:
        (data / "postmaster.pid").unlink()
