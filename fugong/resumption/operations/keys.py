"""The keys that sign certificates. The private half is a file in the keys folder; the database holds the
public one.

A lost private key costs nothing that was issued: old certificates verify by their public key, new ones get a
new key.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from fugong.core.operation import Operation
from fugong.core.secrets import keys_folder
from fugong.resumption.models import CertificateKey


def signing_key(op: Operation) -> tuple[str, Ed25519PrivateKey]:
    """The newest key of the authority whose private half is here; a new one where there is none."""
    rows = CertificateKey.objects.order_by("-made_at", "-id").values_list("key_id", flat=True)
    for key_id in rows:
        key = _read(key_id)
        if key is not None:
            return key_id, key
    return new_key(op)


def new_key(op: Operation) -> tuple[str, Ed25519PrivateKey]:
    """What is signed from now on is signed with this one. The file is written before the row can be
    committed.
    """
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_id = sha256(public).hexdigest()[:16]
    _write(_path(key_id), key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))
    row = CertificateKey.objects.create(
        authority_id=op.actor.authority_id, key_id=key_id, public_key=public, made_at=op.now
    )
    op.audit(row, {"key": key_id})
    return key_id, key


def _path(key_id: str) -> Path:
    return keys_folder(settings.FUGONG_HOME) / f"certificate-{key_id}.key"


def _read(key_id: str) -> Ed25519PrivateKey | None:
    with suppress(FileNotFoundError):
        return Ed25519PrivateKey.from_private_bytes(_path(key_id).read_bytes())
    return None


def _write(path: Path, raw: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
