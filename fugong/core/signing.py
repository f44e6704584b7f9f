"""Signing keys of this installation (Ed25519, RFC 8032): the private half is a file beside the data.

A lost private key costs nothing that was signed: it verifies by its public key, and what follows gets a new
key.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from fugong.core.secrets import keys_folder


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """`id` names the public half; it is the file's name too."""

    id: str
    public: bytes
    private: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def make_signing_key(purpose: str) -> SigningKey:
    """Its file is written whole before anything can be signed."""
    key = _named(Ed25519PrivateKey.generate())
    _write(_path(purpose, key.id), key.private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))
    return key


def find_signing_key(purpose: str, key_id: str) -> SigningKey | None:
    """None where the private half is not on this machine."""
    with suppress(FileNotFoundError):
        return _named(Ed25519PrivateKey.from_private_bytes(_path(purpose, key_id).read_bytes()))
    return None


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _named(private: Ed25519PrivateKey) -> SigningKey:
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(key_id_of(public), public, private)


def key_id_of(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]


def _path(purpose: str, key_id: str) -> Path:
    return keys_folder(settings.FUGONG_HOME) / f"{purpose}-{key_id}.key"


def _write(path: Path, raw: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
