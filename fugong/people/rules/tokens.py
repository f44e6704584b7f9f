"""What a phone holds in its cookie, and a poster in its address: the authority, and a secret.

Nobody is signed in where they are read, and row-level security shows nothing without an authority: so each
says in which one to look. That is no secret; the rest of it is.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

AUTHORITY_BYTES: Final = 16
SECRET_BYTES: Final = 24
"""192 bits of chance; with the authority's sixteen bytes it spells without padding."""
PARTED_BY: Final = "."
MOST_ON_ONE_PHONE: Final = 8


@dataclass(frozen=True, slots=True)
class Token:
    """One person on one phone, or one enterprise's poster."""

    authority_id: UUID
    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError("a token of another length")

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.authority_id.bytes + self.secret).decode("ascii").rstrip("=")

    def __repr__(self) -> str:
        """Without the secret: it may stand in a log."""
        return f"Token({self.mark})"

    @property
    def hashed(self) -> bytes:
        """As it is kept. The secret is drawn by chance, so that a plain hash cannot be guessed back."""
        return hashlib.sha256(self.secret).digest()

    @property
    def mark(self) -> str:
        """By which a form says for whom of the phone's people it was filled in."""
        return self.hashed.hex()[:16]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what cannot be one."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            return cls(UUID(bytes=raw[:AUTHORITY_BYTES]), raw[AUTHORITY_BYTES:])
        except (binascii.Error, ValueError):
            return None


def tokens_in(cookie: str) -> tuple[Token, ...]:
    """The people on a phone, the one whose turn it is first. What is damaged is left out."""
    found = (Token.parse(text) for text in cookie.split(PARTED_BY)[:MOST_ON_ONE_PHONE])
    return tuple(dict.fromkeys(token for token in found if token))


def cookie_of(tokens: tuple[Token, ...]) -> str:
    return PARTED_BY.join(str(token) for token in tokens[:MOST_ON_ONE_PHONE])


def turned_to(tokens: tuple[Token, ...], first: Token) -> tuple[Token, ...]:
    """The same people with this one first; a new one pushes the longest unused out of a full phone."""
    return (first, *(token for token in tokens if token != first))[:MOST_ON_ONE_PHONE]
