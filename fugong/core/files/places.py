"""Where files lie: `FUGONG_HOME/files/<authority>/<sha256>`."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder_of(authority_id: UUID) -> Path:
    return Path(settings.FUGONG_HOME) / "files" / str(authority_id)


def path_of(authority_id: UUID, sha256: str) -> Path:
    return folder_of(authority_id) / sha256


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """So that a name survives a power cut, not only the bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
