"""Facts about other processes, and the lock that keeps two starts apart."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A live process as the kernel tells it; `started` is in clock ticks since boot."""

    pid: int
    command: str
    started: int


def find_process(pid: int) -> Process | None:
    """None when there is none, or only a zombie: dead, but not yet collected by its parent.

    In containers whose first process collects nobody, zombies stay for ever.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None if Path("/proc/self/stat").exists() else _find_without_proc(pid)
    # The command is in brackets and may itself hold brackets and blanks.
    command, _, rest = text.partition("(")[2].rpartition(")")
    fields = rest.split()
    if fields[0] in {"Z", "X"}:
        return None
    return Process(pid=pid, command=command, started=int(fields[19]))


def _find_without_proc(pid: int) -> Process | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return Process(pid=pid, command="", started=0)


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Hold the file lock for the block; waits for the holder. The kernel frees it at death."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
