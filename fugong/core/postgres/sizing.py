"""How much of the machine the server may take. PostgreSQL's own defaults are those of a machine of 1998."""

import os
import shutil
from pathlib import Path
from typing import Final

MB: Final = 1024 * 1024
MEMORY_SHARE: Final = 4
"""A quarter of the memory, as PostgreSQL's manual recommends (20.4.1, shared_buffers)."""
MEMORY: Final = (128, 2048)
"""MB, at least and at most: the rest serves everybody as the system's own cache."""
DISK_SHARE: Final = 50
LOG: Final = (1024, 4096)
"""MB of write-ahead log between two checkpoints: each page is written whole once after each of them."""
KEPT_READY: Final = LOG[0]
"""MB of the log that stay there for a rush (`readiness`): gates write 12 a second at 23,334 scans."""


def size_settings(data: Path) -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MB
    disk = shutil.disk_usage(data).total // MB
    return {
        "shared_buffers": f"{_within(memory // MEMORY_SHARE, MEMORY)}MB",
        "max_wal_size": f"{_within(disk // DISK_SHARE, LOG)}MB",
        "min_wal_size": f"{KEPT_READY}MB",
        "checkpoint_timeout": "15min",
    }


def _within(wanted: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(wanted, limits[1]))
