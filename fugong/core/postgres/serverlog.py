"""The server's log: a week of files, bounded in number and size."""

import time
from pathlib import Path
from typing import Final

DAYS_KEPT: Final = 7
BYTES_KEPT: Final = 16 * 1024 * 1024  # of one day, over restarts
SECONDS_A_DAY: Final = 86_400


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
    """What the server said before it gave up: causes first, else its last lines."""
    logs = sorted(directory.glob("postgres-*.log"), key=lambda log: log.stat().st_mtime)
    texts = [log.read_text(encoding="utf-8", errors="replace") for log in (*logs[-1:], early) if log.exists()]
    lines = [line for text in texts for line in text.splitlines()[-20:]]
    causes = [
        line
        for line in lines
        if any(word in line for word in ("FATAL:", "PANIC:", "postgres:", "error while"))
    ]
    return " | ".join(causes[-3:] or lines[-3:]) or "nothing"
