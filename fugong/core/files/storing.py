"""Taking a file in: counted while it comes, checked before it is kept, kept before it is recorded."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.files import refusing
from fugong.core.files.checking import checked_kind
from fugong.core.files.images import rewritten
from fugong.core.files.kinds import IMAGES
from fugong.core.files.models import StoredFile
from fugong.core.files.names import clean_name, proper_name
from fugong.core.files.places import folder_of, make_folder, path_of, sync_folder
from fugong.core.files.purposes import get_purpose
from fugong.core.ids import new_id
from fugong.core.operation import operation


class Upload(Protocol):
    """Django's UploadedFile, or anything that gives a name and its bytes in pieces."""

    @property
    def name(self) -> str | None: ...

    def chunks(self) -> Iterator[bytes]: ...


Check = Callable[[StoredFile], None]


def store(
    upload: Upload, *, purpose: str, actor: Actor, now: datetime, check: Check | None = None
) -> StoredFile:
    """Keeps the file and its row, with an audit row. Raises FileRefused (one sentence) and keeps nothing.

    Joins a running operation. Whether the actor may hand in this file is for the caller, who may look at the
    row in `check` and refuse before anything lies on the disk. The same content is kept once for an
    authority, however often it is handed in.
    """
    wanted = get_purpose(purpose)
    name = clean_name(upload.name)
    with _incoming(actor.authority_id) as path:
        original = _receive(upload, path, limit=wanted.limit)
        kind = checked_kind(path, name, wanted)
        if kind in IMAGES:
            path.write_bytes(rewritten(path, kind))
        row = StoredFile(
            authority_id=actor.authority_id,
            name=proper_name(name, kind),
            size=path.stat().st_size,
            sha256=_hash_of(path),
            original_sha256=original,
            kind=kind,
            purpose=wanted.key,
            data_class=wanted.data_class,
            uploaded_by=actor.user_id,
            uploaded_by_name=actor.name,
            at=now,
        )
        if check is not None:
            check(row)
        _keep(path, path_of(row.authority_id, row.sha256))
    with operation("files.store", actor=actor, now=now) as op:
        row.save(force_insert=True)
        op.audit(
            row, {"sha256": row.sha256, "original_sha256": original, "size": row.size, "purpose": row.purpose}
        )
    return row


@contextmanager
def _incoming(authority_id: UUID) -> Iterator[Path]:
    """On the same file system as its final place, so that it gets there by a rename."""
    folder = folder_of(authority_id)
    make_folder(folder)
    path = folder / f".incoming-{new_id()}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _receive(upload: Upload, path: Path, *, limit: int) -> str:
    """Stops at the first byte too many, whatever size was announced. Returns the hash of what came."""
    seen, hashed = 0, sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in upload.chunks():
            seen += len(piece)
            if seen > limit:
                raise refusing.too_large(limit)
            hashed.update(piece)
            file.write(piece)
    return hashed.hexdigest()


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _keep(path: Path, place: Path) -> None:
    """Durable before any row speaks of it. The same content arriving twice at once ends as one file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.replace(place)
    sync_folder(place.parent)
