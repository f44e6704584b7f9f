"""Facts about other processes, as the kernel tells them."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process that lives; `started` is in clock ticks since boot."""

    pid: int
    command: str
    started: int


def find_process(pid: int) -> Process | None:
    """None when there is none, or only a zombie: dead, but not collected by its parent.

    In a container whose first process collects nobody, zombies stay for ever.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The command stands in brackets and may itself hold brackets and blanks.
    command, _, rest = text.partition("(")[2].rpartition(")")
    fields = rest.split()
    if fields[0] in {"Z", "X"}:
        return None
    return Process(pid=pid, command=command, started=int(fields[19]))


def number_is_taken(pid: int) -> bool:
    """Whether the process table has the number at all, zombies included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def works_in(pid: int, directory: Path) -> bool | None:
    """Whether the process has this working directory; None where the kernel does not tell."""
    try:
        return os.path.realpath(f"/proc/{pid}/cwd", strict=True) == os.path.realpath(directory)
    except OSError:
        return None
