"""The online part of a live code read at the cost of microseconds: the same answer as `codes`, by less work.

A gate with a network needs the first 46 bytes only; what follows is for gates without one and is not looked
at here. The keys of phones derive from the authority's secret and are kept, so that a code seen again costs
two hashes.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import struct
from collections.abc import Mapping
from typing import Final

from fugong.passage.rules import codes
from fugong.passage.rules.codes import LIVE, MINUTES_EARLY, MINUTES_LATE, NO_HOURS, Fault
from fugong.passage.rules.deciding import Hours

PERSON: Final = slice(2, 18)
SUBJECT: Final = slice(2, 22)
"""Person and phone: what is revoked when a phone is lost."""
HEAD: Final = 34
WHOLE: Final = HEAD + 4 + codes.MAC_BYTES
LENGTHS: Final = (66, 279)
"""Of the text, without and with the part for gates without a network."""
MOST_KEPT: Final = 250_000
_FIRST: Final = slice(len(LIVE), 68)
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_TAIL: Final = struct.Struct(">IIHHI")
_INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))


class Reader:
    """Of one authority. `secrets` by the number of the key; another set is another reader."""

    def __init__(self, secrets: Mapping[int, bytes]) -> None:
        self._secrets = secrets
        self._ready: dict[bytes, tuple[hashlib._Hash, hashlib._Hash]] = {}

    def read(self, text: str, minute: int) -> tuple[Fault | None, bytes]:
        """What is wrong with it at that minute since 1970 UTC, and its bytes, empty where it is no code."""
        raw = raw_of(text)
        if not raw:
            return Fault.MALFORMED, raw
        head = raw[:HEAD]
        kept = self._ready.get(head) or self._prepare(head)
        if kept is None:
            return Fault.UNKNOWN_KEY, raw
        inner, outer = kept[0].copy(), kept[1].copy()
        inner.update(raw[: HEAD + 4])
        outer.update(inner.digest())
        if not hmac.compare_digest(outer.digest()[: codes.MAC_BYTES], raw[HEAD + 4 : WHOLE]):
            # Nothing is kept of what anybody may make up.
            self._ready.pop(head, None)
            return Fault.FORGED, raw
        valid_until, _place, _start, _end, made = _TAIL.unpack_from(raw, 22)
        if minute >= valid_until:
            return Fault.EXPIRED, raw
        if made < minute - MINUTES_LATE:
            return Fault.OLD, raw
        return (Fault.EARLY if made > minute + MINUTES_EARLY else None), raw

    def _prepare(self, head: bytes) -> tuple[hashlib._Hash, hashlib._Hash] | None:
        """HMAC (RFC 2104) with its two key blocks hashed once. None: no such key of the authority's."""
        secret = self._secrets.get(head[1])
        if secret is None:
            return None
        if len(self._ready) >= MOST_KEPT:
            self._ready.clear()
        key = codes.derived(secret, head).ljust(64, b"\0")
        kept = hashlib.sha256(key.translate(_INNER)), hashlib.sha256(key.translate(_OUTER))
        self._ready[head] = kept
        return kept


def raw_of(text: str) -> bytes:
    """The first bytes of a live code; empty for what cannot be one."""
    if len(text) not in LENGTHS or not text.startswith(LIVE):
        return b""
    try:
        raw = binascii.a2b_base64(text[_FIRST].encode("ascii").translate(_STANDARD).ljust(64, b"A"))
    except (binascii.Error, UnicodeEncodeError):
        return b""
    return raw if len(raw) == 48 and raw[0] == codes.KIND else b""


def carried_by(raw: bytes) -> tuple[int, Hours | None]:
    """Place and hours."""
    _until, place, start, end, _made = _TAIL.unpack_from(raw, 22)
    return place, None if start == NO_HOURS else (start, end)
