"""The codes that are shown at a gate: their bytes, and whether they are what they claim.

A person's live code is made on the phone anew each minute. Its first part carries a MAC, by a key that the
server can derive again, and is all that a gate with a network needs. The second part, for a gate without one,
carries the certificate of the phone's own key by the authority and the phone's signature over the minute
(Ed25519, RFC 8032), after the pattern of the EU Digital COVID Certificate, whose checker needs no server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LIVE: Final = "FG1."
MAC_BYTES: Final = 8
"""64 bits: a guess has one chance in 2^64, and each guess is a scan on record."""
MINUTES_EARLY: Final = 1
MINUTES_LATE: Final = 2
"""A screenshot is good for no longer than this; the phone's clock is set by the server's at each contact."""
NO_HOURS: Final = 0xFFFF

_HEAD: Final = struct.Struct(">BB16s4sIIHH")
_MINUTE: Final = struct.Struct(">I")
KIND: Final = 1
_CERTIFICATE: Final = b"fugong phone 1"
_SIGNED: Final = b"fugong minute 1"
_MADE: Final = b"fugong mac 1"
_ONLINE: Final = _HEAD.size + _MINUTE.size + MAC_BYTES
_OFFLINE: Final = _ONLINE + 32 + 64 + 64


class Fault(StrEnum):
    """Why a code is not taken for what it claims."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    EXPIRED = "expired"
    OLD = "old"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a phone may show until `valid_until`; `device` tells one phone of a person from another."""

    key_id: int
    person: UUID
    device: bytes
    valid_until: int
    """Whole minutes since 1970 UTC, as all minutes here: seconds are of no use and cost a byte each."""
    place: int = 0
    """Number of the enterprise where the person works, as gates know it; 0: nowhere."""
    hours: tuple[int, int] | None = None
    """Of the shift: minutes after the local midnight, from and to; past midnight where to is the smaller."""

    @property
    def head(self) -> bytes:
        hours = self.hours or (NO_HOURS, NO_HOURS)
        return _HEAD.pack(
            KIND, self.key_id, self.person.bytes, self.device, self.valid_until, self.place, *hours
        )


@dataclass(frozen=True, slots=True)
class Offline:
    """The part for a gate without a network."""

    public_key: bytes
    certificate: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class LiveCode:
    claim: Claim
    minute: int
    mac: bytes
    offline: Offline | None = None

    def __str__(self) -> str:
        body = self.claim.head + _MINUTE.pack(self.minute) + self.mac
        if self.offline is not None:
            body += self.offline.public_key + self.offline.certificate + self.offline.signature
        return LIVE + base64.urlsafe_b64encode(body).decode("ascii").rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what cannot be one, cut short or prolonged."""
        raw = _body(text)
        if raw is None or len(raw) not in (_ONLINE, _OFFLINE):
            return None
        kind, key_id, person, device, valid_until, place, start, end = _HEAD.unpack_from(raw)
        if kind != KIND:
            return None
        hours = None if start == NO_HOURS else (start, end)
        claim = Claim(key_id, UUID(bytes=person), device, valid_until, place, hours)
        (minute,) = _MINUTE.unpack_from(raw, _HEAD.size)
        mac = raw[_HEAD.size + _MINUTE.size : _ONLINE]
        rest = raw[_ONLINE:]
        return cls(claim, minute, mac, Offline(rest[:32], rest[32:96], rest[96:]) if rest else None)


def minute_of(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def moment_of(minute: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(minutes=minute)


def phone_key(secret: bytes, claim: Claim) -> bytes:
    """The 32 bytes by which the phone makes its MACs: derived, so that the server keeps none of them."""
    return derived(secret, claim.head)


def derived(secret: bytes, head: bytes) -> bytes:
    """By keyed BLAKE2b (RFC 7693), a quarter of the cost of HMAC: only the server derives, for each scan."""
    begun = deriving(secret)
    begun.update(head)
    return begun.digest()


def deriving(secret: bytes) -> hashlib.blake2b:
    """What all keys derived from a secret have in common, to be copied for each: a third of the work."""
    return hashlib.blake2b(_MADE, digest_size=32, key=secret)


def mac_of(key: bytes, claim: Claim, minute: int) -> bytes:
    return hmac.digest(key, claim.head + _MINUTE.pack(minute), "sha256")[:MAC_BYTES]


def certified(claim: Claim, public_key: bytes) -> bytes:
    """What the authority signs: that this key is the phone's until the claim ends."""
    return _CERTIFICATE + claim.head + public_key


def signed(claim: Claim, minute: int) -> bytes:
    """What the phone signs each minute."""
    return _SIGNED + claim.head + _MINUTE.pack(minute)


def fault_online(code: LiveCode, secrets: Mapping[int, bytes], now: datetime) -> Fault | None:
    """By the MAC. `secrets` are the authority's, by the number of the key."""
    secret = secrets.get(code.claim.key_id)
    if secret is None:
        return Fault.UNKNOWN_KEY
    if not hmac.compare_digest(mac_of(phone_key(secret, code.claim), code.claim, code.minute), code.mac):
        return Fault.FORGED
    return fault_of_time(code, now)


def fault_offline(code: LiveCode, public_keys: Mapping[int, bytes], now: datetime) -> Fault | None:
    """By the two signatures. `public_keys` are the authority's, by the number of the key."""
    authority = public_keys.get(code.claim.key_id)
    if authority is None:
        return Fault.UNKNOWN_KEY
    if code.offline is None:
        return Fault.MALFORMED
    told = code.offline
    try:
        Ed25519PublicKey.from_public_bytes(authority).verify(
            told.certificate, certified(code.claim, told.public_key)
        )
        Ed25519PublicKey.from_public_bytes(told.public_key).verify(
            told.signature, signed(code.claim, code.minute)
        )
    except InvalidSignature:
        return Fault.FORGED
    return fault_of_time(code, now)


def fault_of_time(code: LiveCode, now: datetime) -> Fault | None:
    present = minute_of(now)
    if present >= code.claim.valid_until:
        return Fault.EXPIRED
    if code.minute < present - MINUTES_LATE:
        return Fault.OLD
    return Fault.EARLY if code.minute > present + MINUTES_EARLY else None


def _body(text: str) -> bytes | None:
    if not text.startswith(LIVE):
        return None
    plain = text[len(LIVE) :]
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # Spare bits at the end would make several texts of one code.
    return raw if base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=") == plain else None
