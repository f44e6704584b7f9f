"""What a gate sends and is told, as JSON."""

from __future__ import annotations

from typing import Final

import msgspec

MOST_IN_A_BATCH: Final = 100


class SentScan(msgspec.Struct, forbid_unknown_fields=True, gc=False):
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


class Told(msgspec.Struct, gc=False):
    """The answer to one scan, sent when its row is durable and not before."""

    nonce: int
    answer: int
    reason: int
    name: str = ""
    """Masked."""
    level: str = ""
    inside: int = 0
    """How many are inside the gate's zone."""


class Fault(msgspec.Struct):
    code: str
    message: str
    field: str = ""
    nonce: int | None = None
    """Of the scan at fault, among others of a batch."""


read_scan = msgspec.json.Decoder(SentScan).decode
read_batch = msgspec.json.Decoder(SentBatch).decode
written = msgspec.json.Encoder().encode

AWAY: Final = written(Fault("not_kept", "The scan is not kept yet. Decide here, keep it and send it again."))
OVERLOADED: Final = written(
    Fault("overloaded", "Too many at once. Decide here, keep the scan, send it again.")
)
UNKNOWN_DEVICE: Final = written(
    Fault("unknown_device", "This device is not known any more. Pair it again at the office.")
)
NOT_FOUND: Final = written(Fault("not_found", "There is nothing here."))
WRONG_METHOD: Final = written(Fault("wrong_method", "This address is used another way."))
NOT_TO_BE_KEPT: Final = Fault("refused", "This scan cannot be kept as it is. Show it to the office.")
REFUSED: Final = written(NOT_TO_BE_KEPT)
