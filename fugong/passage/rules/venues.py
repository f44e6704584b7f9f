"""What a venue's code says, and what shows that somebody stands before it and not before a photograph of it.

A poster's address never changes while it hangs: whoever has a picture of it has the address. So the page that
it opens hands out an opening, good once, for minutes and for one phone, and the check on the spot that the
playbook asks for is made at the opening (the turning code of a screen) or with the scan (position, guard).
"""

from __future__ import annotations

import hashlib
import hmac
import math
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self
from uuid import UUID

from fugong.passage.choices import Reason
from fugong.passage.rules.encoding import base64url, from_base64url

SECRET_BYTES: Final = 24
TURNS: Final = 30
"""Seconds for which a screen shows one code. The one before is taken too: a picture is good for a minute."""
EARTH: Final = 6_371_000
"""Metres; the error of a ball is some 0.5 %, less than any phone's."""

_POSTER: Final = b"fugong venue poster"
_SCREEN: Final = b"fugong venue screen"
_TURN: Final = b"fugong venue turn"
_OPENED: Final = b"fugong venue opened"
_TURN_BYTES: Final = 6
_MAC_BYTES: Final = 16
_BODY: Final = struct.Struct(">16sI16sQ?8s")


@dataclass(frozen=True, slots=True)
class Position:
    """In degrees; `accuracy` in metres, as the phone says it."""

    latitude: float
    longitude: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of a venue's page by one phone. `showed_turn`: with the code the screen showed then."""

    authority_id: UUID
    gate: int
    phone: UUID
    opened: int
    """Seconds since 1970 UTC."""
    showed_turn: bool
    salt: bytes

    def sealed(self, key: bytes) -> str:
        body = self._body()
        return base64url(body + _mac(key, body))

    @classmethod
    def parse(cls, text: str, key: bytes) -> Self | None:
        """None for what this installation did not hand out."""
        raw = from_base64url(text) or b""
        body, mac = raw[: _BODY.size], raw[_BODY.size :]
        if len(body) != _BODY.size or not hmac.compare_digest(_mac(key, body), mac):
            return None
        authority, gate, phone, opened, showed_turn, salt = _BODY.unpack(body)
        return cls(UUID(bytes=authority), gate, UUID(bytes=phone), opened, showed_turn, salt)

    @property
    def opened_at(self) -> datetime:
        return datetime.fromtimestamp(self.opened, UTC)

    @property
    def hashed(self) -> bytes:
        return hashlib.sha256(self._body()).digest()

    def _body(self) -> bytes:
        return _BODY.pack(
            self.authority_id.bytes, self.gate, self.phone.bytes, self.opened, self.showed_turn, self.salt
        )


def fault_of(opening: Opening, *, gate: int, phone: UUID, minutes: int, now: datetime) -> Reason | None:
    """Why it is not good here and now. That it was used before is the record's to say."""
    if opening.phone != phone or opening.gate != gate:
        return Reason.USED_ELSEWHERE
    late = now - opening.opened_at
    if late > timedelta(minutes=minutes):
        return Reason.OLD
    return Reason.EARLY if late < -timedelta(minutes=1) else None


def poster_secret(key: bytes, gate_id: UUID, number: int) -> bytes:
    """What the poster of this number says: derived, so that it can be printed again and is kept nowhere."""
    return hmac.digest(key, _POSTER + gate_id.bytes + struct.pack(">I", number), "sha256")[:SECRET_BYTES]


def screen_key(key: bytes, poster: bytes) -> bytes:
    """By which a screen makes its codes without the network. Another poster, and it makes wrong ones."""
    return hmac.digest(key, _SCREEN + poster, "sha256")


def turn_of(key: bytes, now: datetime) -> str:
    """The code of this half minute. Its twin is static/passage/venue_screen.js."""
    return _turn(key, int(now.timestamp()) // TURNS)


def is_shown_now(key: bytes, code: str, now: datetime) -> bool:
    """The screen's of this half minute or of the one before."""
    present = int(now.timestamp()) // TURNS
    good = [_turn(key, turn) for turn in (present, present - 1)]
    return any(hmac.compare_digest(each, code) for each in good) if code.isascii() else False


def is_near(there: tuple[float, float] | None, here: Position | None, metres: int) -> bool:
    """What the phone itself is unsure of is allowed for, up to the same distance: beyond that it knows
    nothing."""
    if there is None or here is None or not _is_real(here) or here.accuracy > metres:
        return False
    return metres_between(there, (here.latitude, here.longitude)) - here.accuracy <= metres


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat, lon), (lat2, lon2) = [tuple(map(math.radians, each)) for each in (one, other)]
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def confirmation_of(nonce: int) -> int:
    """The nonce of the scan by which a guard confirms another: the two find each other, and confirmed twice
    it is stored once."""
    return ~nonce


def _is_real(position: Position) -> bool:
    return (
        -90 <= position.latitude <= 90
        and -180 <= position.longitude <= 180
        and position.accuracy >= 0
        and math.isfinite(position.accuracy)
    )


def _turn(key: bytes, turn: int) -> str:
    return base64url(hmac.digest(key, _TURN + struct.pack(">Q", turn), "sha256")[:_TURN_BYTES])


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, _OPENED + body, "sha256")[:_MAC_BYTES]
