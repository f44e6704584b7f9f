"""Bytes as text in addresses and answers."""

from __future__ import annotations

import base64
import binascii


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def from_base64url(text: str) -> bytes | None:
    """None for what is none, or spells the same bytes in another way than `base64url` does."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64url(raw) == text else None
