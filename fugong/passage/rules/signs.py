"""Signs that a code, a venue or a device is not what it seems: reasons to go and look, never a punishment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from typing import Final

from fugong.passage.choices import Sign

SAME_MINUTE: Final = timedelta(minutes=1)
NEAR_KM: Final = 0.2
"""Two doors so near to each other may be passed one after the other within a minute."""
FASTEST_KMH: Final = 120.0
KM_A_DEGREE: Final = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a gate stands; None where nobody has said it."""

    gate: int
    latitude: float | None = None
    longitude: float | None = None


def kilometres(one: Spot, other: Spot) -> float | None:
    """Flat: exact enough within a province."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    assert one.latitude is not None
    assert other.latitude is not None
    assert one.longitude is not None
    assert other.longitude is not None
    middle = radians((one.latitude + other.latitude) / 2)
    return KM_A_DEGREE * hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * cos(middle))


def sign_of_pair(before: Spot, before_at: datetime, after: Spot, after_at: datetime) -> Sign | None:
    """What one code scanned at two gates, one after the other, says."""
    if before.gate == after.gate:
        return None
    apart, distance = after_at - before_at, kilometres(before, after)
    if distance is not None and distance > NEAR_KM and distance > FASTEST_KMH * (apart / timedelta(hours=1)):
        return Sign.IMPOSSIBLE
    if apart < SAME_MINUTE and (distance is None or distance > NEAR_KM):
        return Sign.TWO_GATES
    return None
