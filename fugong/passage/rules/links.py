"""The secret link by which a visitor gets the own code: no account, nothing kept, and nobody guesses it."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

_TOLD: Final = b"fugong visit link"
_PROOF_BYTES: Final = 16
_LENGTH: Final = 16 + 16 + _PROOF_BYTES


@dataclass(frozen=True, slots=True)
class VisitLink:
    """Says in which authority to look: nobody is signed in where it is read."""

    authority_id: UUID
    visit_id: UUID

    def text(self, key: bytes) -> str:
        raw = self.authority_id.bytes + self.visit_id.bytes + self._proof(key)
        return base64.urlsafe_b64encode(raw).decode("ascii")

    @classmethod
    def parse(cls, text: str, key: bytes) -> Self | None:
        """None for one that is not ours."""
        try:
            raw = base64.b64decode(text, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        if len(raw) != _LENGTH:
            return None
        link = cls(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]))
        return link if hmac.compare_digest(raw[32:], link._proof(key)) else None

    def _proof(self, key: bytes) -> bytes:
        told = _TOLD + self.authority_id.bytes + self.visit_id.bytes
        return hmac.digest(key, told, "sha256")[:_PROOF_BYTES]
