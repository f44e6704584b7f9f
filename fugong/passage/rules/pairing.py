"""The code by which a device gets its token: read aloud, typed with a thumb, good once and for minutes."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self
from uuid import UUID

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is mistaken for something else: 0 O, 1 I L, and U for V."""
LENGTH: Final = 8
GOOD_FOR: Final = timedelta(minutes=15)
_SPACES: Final = str.maketrans("", "", " -\u3000")
_TOLD: Final = b"fugong gate pairing"


@dataclass(frozen=True, slots=True)
class Pairing:
    """Nobody is signed in where it is read: so it says in which authority to look, where it comes by a QR."""

    code: str
    authority_id: UUID | None = None

    def __str__(self) -> str:
        return f"{self.authority_id.hex}.{self.code}" if self.authority_id else self.code

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what cannot be one."""
        authority, parted, typed = text.strip().rpartition(".")
        code = typed.translate(_SPACES).upper()
        if len(code) != LENGTH or not set(code) <= set(ALPHABET):
            return None
        if not parted:
            return cls(code)
        try:
            return cls(code, UUID(hex=authority))
        except ValueError:
            return None


def new_code() -> str:
    """39 bits, which nobody guesses in a quarter of an hour through a door that counts."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def hashed(code: str, *, key: bytes, authority_id: UUID) -> bytes:
    """As it is kept. Keyed: whoever reads the table alone could try all the codes there are."""
    return hmac.digest(key, _TOLD + authority_id.bytes + code.encode("ascii"), "sha256")
