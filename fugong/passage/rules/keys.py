"""What follows from the authority's signing key, and which numbers keys may bear."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MOST: Final = 255
"""The number of a key is one byte of each code, and not nought."""
LONGEST: Final = timedelta(days=366)
"""No code is good for longer from its issue: so much later a key that was retired stands in none."""
_MAC: Final = b"fugong gate mac"


def secret_of(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes from which all MACs of this key derive: whoever can sign can make them, nobody else."""
    return hmac.digest(private.private_bytes_raw(), _MAC, "sha256")


def free_number(retired: Mapping[int, datetime | None], *, now: datetime) -> int | None:
    """For a new key. `retired` says of each number in use when its key was retired; None: not yet.

    The lowest that no key has borne; else the one whose key has been out of all codes for longest.
    """
    for number in range(1, MOST + 1):
        if number not in retired:
            return number
    over = [(at, number) for number, at in retired.items() if at is not None and at + LONGEST <= now]
    return min(over)[1] if over else None
