"""Giving a kept file back, after making sure that it is still the one that was kept."""

import io
from hashlib import sha256
from typing import BinaryIO

from fugong.core.files.models import StoredFile
from fugong.core.files.places import path_of


class FileDamaged(RuntimeError):
    """The file is gone from the disk, or its bytes are not those that were stored. Not the reader's fault."""


def read_stored(stored: StoredFile) -> bytes:
    """The bytes, checked against the row's hash. Raises FileDamaged. Who may read is for the caller."""
    path = path_of(stored.authority_id, stored.sha256)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileDamaged(
            f"The file {stored.sha256} is missing from the store; restore it from a backup."
        ) from None
    if sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged(f"The file {stored.sha256} has been altered on disk; restore it from a backup.")
    return content


def open_stored(stored: StoredFile) -> BinaryIO:
    """As `read_stored`, as a stream for a response: all of it is checked before a byte is sent."""
    return io.BytesIO(read_stored(stored))
