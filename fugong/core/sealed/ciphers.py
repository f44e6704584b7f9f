"""The bytes of a sealed value, and nothing else: no database, no files.

    version (1) | data key id (16) | nonce (12) | AES-256-GCM ciphertext and tag

The associated data binds authority, class of data and key id, so a value cannot be carried to another
authority or passed off as another kind of data. The row is not bound: rows are sealed before their place is
known, are moved by imports, merges and resealing, and a moved value that no longer opens is a lost one.
Whoever could swap two values inside a table is found out by the audit chain instead.
"""

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fugong.core.sealed.faults import SealedFault

KEY_BYTES = 32
KEY_ID = slice(1, 17)
_VERSION = 1
_NONCE_BYTES = 12
_OVERHEAD = 1 + 16 + _NONCE_BYTES + 16


class Tampered(SealedFault):
    """The bytes are not what was sealed, or not for this authority and class of data."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """An opened data key. Has no repr on purpose: keys do not belong in logs."""

    id: UUID
    authority_id: UUID
    data_class: str
    secret: bytes


def new_secret() -> bytes:
    return os.urandom(KEY_BYTES)


def seal(plain: bytes, key: Key) -> bytes:
    return sealing(key)(plain)


def sealing(key: Key) -> Callable[[bytes], bytes]:
    """As `seal`, for many values: what is the same for all of them is made once."""
    cipher, bound, head = AESGCM(key.secret), _bound(key), bytes([_VERSION]) + key.id.bytes

    def sealed(plain: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return head + nonce + cipher.encrypt(nonce, plain, bound)

    return sealed


def unseal(sealed: bytes, key: Key) -> bytes:
    """Raises Tampered when a single bit, the key, the authority or the class is not the sealed one's."""
    if key_id_of(sealed) != key.id:
        raise Tampered("this value was sealed with another key")
    nonce, body = sealed[17 : 17 + _NONCE_BYTES], sealed[17 + _NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, body, _bound(key))
    except InvalidTag:
        raise Tampered("a sealed value has been altered") from None


def key_id_of(sealed: bytes) -> UUID:
    """Which data key opens it."""
    if len(sealed) < _OVERHEAD or sealed[0] != _VERSION:
        raise Tampered("this is not a sealed value of a known version")
    return UUID(bytes=sealed[KEY_ID])


def wrap(key: Key, master: bytes) -> bytes:
    """A data key under a master key: this is what the database keeps."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(master).encrypt(nonce, key.secret, _bound(key))


def unwrap(wrapped: bytes, unopened: Key, master: bytes) -> Key:
    """`unopened` says whose key it is; its secret is ignored."""
    try:
        secret = AESGCM(master).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], _bound(unopened))
    except (InvalidTag, ValueError):
        raise Tampered("a data key has been altered, or belongs to another authority or class") from None
    return Key(unopened.id, unopened.authority_id, unopened.data_class, secret)


def keyed_hash(value: str, key: Key) -> bytes:
    """HMAC-SHA256: equal values of one authority and class meet; without the key nobody can try values."""
    return hmac.digest(key.secret, value.encode(), sha256)


def _bound(key: Key) -> bytes:
    return b"fugong sealed 1\0" + key.authority_id.bytes + key.id.bytes + key.data_class.encode()
