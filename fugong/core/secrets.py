"""The key that signs sessions and forms: made once, kept apart from the data, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret_key(home: Path) -> str:
    """FUGONG_SECRET_KEY, or the one in `keys/secret`, made on first use; two first starts agree."""
    given = os.environ.get("FUGONG_SECRET_KEY")
    if given:
        return given
    path = keys_folder(home) / "secret"
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    """Whole from the first moment it is there, and never replaced: a link does not overwrite."""
    handle, fresh = tempfile.mkstemp(prefix=".secret-", dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        os.unlink(fresh)


def keys_folder(home: Path) -> Path:
    """FUGONG_KEYS, or `keys` beside the data: a backup of the data must not hold it."""
    folder = Path(os.environ.get("FUGONG_KEYS") or home / "keys")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
