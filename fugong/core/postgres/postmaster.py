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


def has_live_postmaster(data: Path) -> bool:
    """False while only backends are left of a killed server."""
    postmaster = read_postmaster(data)
    return postmaster is not None and _may_be_postmaster(postmaster.pid, data)


def ask_to_end(data: Path) -> None:
    """Fast shutdown of a postmaster without owner; only of one that surely works in `data`."""
    postmaster = read_postmaster(data)
    if postmaster and find_process(postmaster.pid) and works_in(postmaster.pid, data):
        os.kill(postmaster.pid, signal.SIGINT)


def drop_stale_files(data: Path, socket_dir: Path) -> None:
    """Remove the two pid files when their number is now a zombie's or somebody else's.

    PostgreSQL asks only whether the number is taken, and would refuse to start for ever. To be
    called only with the `serving` lock held, which proves that no backend is left. In doubt a
    file stays, and PostgreSQL decides.
    """
    for file in (data / "postmaster.pid", *socket_dir.glob(".s.PGSQL.*.lock")):
        pid = _pid_in(file)
        if pid is not None and number_is_taken(pid) and not _may_be_postmaster(pid, data):
            file.unlink()


def _pid_in(file: Path) -> int | None:
    try:
        return abs(int(file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def _may_be_postmaster(pid: int, data: Path) -> bool:
    process = find_process(pid)
    return process is not None and process.command == "postgres" and works_in(pid, data) is not False
