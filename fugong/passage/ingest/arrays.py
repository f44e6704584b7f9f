"""Columns of a batch as PostgreSQL's binary arrays, put together without looking at each value again."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

_HEAD: Final = struct.Struct(">iiIii")
_INT4: Final = struct.Struct(">ii")
INT8: Final = struct.Struct(">iq").pack
"""A cell of int8: its length, 8, and the value."""
_UUID_LENGTH: Final = struct.pack(">i", 16)
EPOCH_2000: Final = 946_684_800_000_000
"""Microseconds since 1970 UTC at which PostgreSQL begins to count."""
NULL: Final = struct.pack(">i", -1)
SMALL: Final = tuple(struct.pack(">ih", 2, value) for value in range(512))
"""Cells of int2, by their value."""


# The numbers by which PostgreSQL knows the types of what is in an array.
INT2S, INT4S, INT8S, UUIDS, MOMENTS = 21, 23, 20, 2950, 1184


def column(element: int, cells: Sequence[bytes], *, has_null: bool = False) -> bytes:
    """An array as it goes over the wire, of cells that come with their length before them, as made below."""
    return _HEAD.pack(1, has_null, element, len(cells), 1) + b"".join(cells)


def int4(value: int) -> bytes:
    return _INT4.pack(4, value)


def int8(value: int) -> bytes:
    return INT8(8, value)


def uuid(value: bytes) -> bytes:
    return _UUID_LENGTH + value


def moment(microseconds: int) -> bytes:
    """Since 1970 UTC; PostgreSQL counts from 2000."""
    return INT8(8, microseconds - EPOCH_2000)
