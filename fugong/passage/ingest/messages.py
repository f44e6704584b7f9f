"""What a gate sends and is told, as JSON."""

from __future__ import annotations

from typing import Final

import msgspec

MOST_IN_A_BATCH: Final = 100


class SentScan(msgspec.Struct, forbid_unknown_fields=True):
    """One scan. The device's own clock is corrected by the server's before it is sent."""

    gate: int
    nonce: int
    """Drawn by the device once for each scan: sent again, it is the same scan."""
    at: int
    """Microseconds since 1970 UTC."""
    code: str = ""
    direction: int = 1
    temperature: int | None = None
    """Tenths of a degree Celsius."""
    answer: int = 0
    """What the device has answered by itself, without the network; 0: it asks."""
    reason: int = 0
    is_forced: bool = False


class SentBatch(msgspec.Struct, forbid_unknown_fields=True):
    scans: list[SentScan]


class Told(msgspec.Struct):
    """The answer to one scan, sent when its row is durable and not before."""

    nonce: int
    answer: int
    reason: int
    name: str = ""
    """Masked."""
    level: str = ""


class Fault(msgspec.Struct):
    code: str
    message: str
    field: str = ""


read_scan = msgspec.json.Decoder(SentScan).decode
read_batch = msgspec.json.Decoder(SentBatch).decode
written = msgspec.json.Encoder().encode
