"""The server's log: a week of files, bounded in number and size."""

import re
import time
from pathlib import Path
from typing import Final

DAYS_KEPT: Final = 7
BYTES_KEPT: Final = 16 * 1024 * 1024  # of one day, over restarts
SECONDS_A_DAY: Final = 86_400
LINES_SHOWN: Final = 5
STAMP: Final = re.compile(r"^\S+ \S+ \S+ \[\d+\] ")
HANDED_OVER: Final = "Future log output will appear in directory"


def log_settings(directory: Path) -> dict[str, str]:
    """One file a weekday; a server that runs on overwrites it after a week."""
    return {
        "logging_collector": "on",
        "log_directory": str(directory),
        "log_filename": "postgres-%w.log",
        "log_file_mode": "0600",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
    }


def trim_logs(directory: Path) -> None:
    """Before a start: the server only overwrites at midnight, which a demo may never see."""
    oldest = time.time() - (DAYS_KEPT - 1) * SECONDS_A_DAY
    for log in directory.glob("postgres-*.log"):
        known = log.lstat()
        if known.st_mtime < oldest:
            log.unlink()
        elif known.st_size > BYTES_KEPT:
            log.replace(log.with_suffix(".previous"))


def last_words(early: Path, directory: Path) -> str:
    """What the server said before it gave up, without its time stamps."""
    logs = sorted(directory.glob("postgres-*.log"), key=lambda log: log.stat().st_mtime)
    # Where it got as far as opening its log, the last words are there.
    for log in (early, *reversed(logs)):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        if lines and HANDED_OVER not in lines[-1]:
            return " | ".join(STAMP.sub("", line) for line in lines[-LINES_SHOWN:])
    return "nothing"
