"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

from fugong.core.files.places import sync_folder


def write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Replaces what is there. The mode holds from the first byte on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    keep(fresh, path)


def keep(fresh: Path, path: Path) -> None:
    """Gives a finished file its name, for good."""
    fresh.replace(path)
    sync_folder(path.parent)
