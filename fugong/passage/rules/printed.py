"""Codes on paper or in a message: cards of people without a phone, visitors, vehicles.

They do not change with the minute, so a copy is as good as the paper: what protects them is the serial, which
can be revoked, the window, and a look at whoever shows it. As with live codes a MAC is for gates with a
network, the authority's signature (Ed25519, RFC 8032) for those without.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fugong.passage.choices import SubjectKind
from fugong.passage.rules.codes import MAC_BYTES, NO_HOURS, Fault, minute_of
from fugong.passage.rules.deciding import Hours

PRINTED: Final = "FGP1."
_HEAD: Final = struct.Struct(">BB16sIIIIHH")
_SIGNED: Final = b"fugong printed 1"
_LENGTH: Final = _HEAD.size + MAC_BYTES + 64


@dataclass(frozen=True, slots=True)
class Printed:
    """What the authority says of a person (a card), a visit or a vehicle pass, whose id is `subject`.

    Moments are whole minutes since 1970 UTC; it is good from the first and before the second.
    """

    kind: SubjectKind
    key_id: int
    subject: UUID
    serial: int
    valid_from: int
    valid_until: int
    place: int = 0
    hours: Hours | None = None

    @property
    def head(self) -> bytes:
        hours = self.hours or (NO_HOURS, NO_HOURS)
        return _HEAD.pack(
            self.kind,
            self.key_id,
            self.subject.bytes,
            self.serial,
            self.valid_from,
            self.valid_until,
            self.place,
            *hours,
        )


@dataclass(frozen=True, slots=True)
class PrintedCode:
    printed: Printed
    mac: bytes
    signature: bytes

    def __str__(self) -> str:
        raw = self.printed.head + self.mac + self.signature
        return PRINTED + base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what cannot be one, cut short or prolonged."""
        raw = _body(text)
        if raw is None or raw[0] not in (SubjectKind.PERSON, SubjectKind.VISITOR, SubjectKind.VEHICLE):
            return None
        kind, key_id, subject, serial, start, end, place, *hours = _HEAD.unpack_from(raw)
        printed = Printed(
            SubjectKind(kind),
            key_id,
            UUID(bytes=subject),
            serial,
            start,
            end,
            place,
            None if hours[0] == NO_HOURS else (hours[0], hours[1]),
        )
        return cls(printed, raw[_HEAD.size : _HEAD.size + MAC_BYTES], raw[_HEAD.size + MAC_BYTES :])


def mac_of(secret: bytes, printed: Printed) -> bytes:
    return hmac.digest(secret, signed(printed), "sha256")[:MAC_BYTES]


def signed(printed: Printed) -> bytes:
    return _SIGNED + printed.head


def fault_online(code: PrintedCode, secrets: Mapping[int, bytes], now: datetime) -> Fault | None:
    """By the MAC. Whether the serial is revoked is asked apart."""
    secret = secrets.get(code.printed.key_id)
    if secret is None:
        return Fault.UNKNOWN_KEY
    if not hmac.compare_digest(mac_of(secret, code.printed), code.mac):
        return Fault.FORGED
    return fault_of_time(code.printed, now)


def fault_offline(code: PrintedCode, public_keys: Mapping[int, bytes], now: datetime) -> Fault | None:
    """By the authority's signature."""
    public = public_keys.get(code.printed.key_id)
    if public is None:
        return Fault.UNKNOWN_KEY
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(code.signature, signed(code.printed))
    except InvalidSignature:
        return Fault.FORGED
    return fault_of_time(code.printed, now)


def fault_of_time(printed: Printed, now: datetime) -> Fault | None:
    present = minute_of(now)
    if present >= printed.valid_until:
        return Fault.EXPIRED
    return Fault.EARLY if present < printed.valid_from else None


def _body(text: str) -> bytes | None:
    if not text.startswith(PRINTED):
        return None
    plain = text[len(PRINTED) :]
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    is_one = len(raw) == _LENGTH and base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=") == plain
    return raw if is_one else None
