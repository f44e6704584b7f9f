"""Columns of a batch as PostgreSQL's binary arrays, put together without looking at each value again."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from psycopg import AsyncConnection
from psycopg.adapt import Dumper
from psycopg.pq import Format
from psycopg.rows import TupleRow

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


class Column:
    """An array as it goes over the wire, of cells that come with their length before them, as made below."""

    element: int
    """The number by which PostgreSQL knows the type of a value; `array` that of the whole."""
    array: int

    def __init__(self, cells: Sequence[bytes], *, has_null: bool = False) -> None:
        self.body = _HEAD.pack(1, has_null, self.element, len(cells), 1) + b"".join(cells)


class Int2s(Column):
    element, array = 21, 1005


class Int4s(Column):
    element, array = 23, 1007


class Int8s(Column):
    element, array = 20, 1016


class Uuids(Column):
    element, array = 2950, 2951


class Moments(Column):
    element, array = 1184, 1185


class _ColumnDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Column) -> bytes:
        return obj.body


def know_columns(connection: AsyncConnection[TupleRow]) -> None:
    for kind in (Int2s, Int4s, Int8s, Uuids, Moments):
        dumper = type(f"{kind.__name__}Dumper", (_ColumnDumper,), {"oid": kind.array})
        connection.adapters.register_dumper(kind, dumper)


def int4(value: int) -> bytes:
    return _INT4.pack(4, value)


def int8(value: int) -> bytes:
    return INT8(8, value)


def uuid(value: bytes) -> bytes:
    return _UUID_LENGTH + value


def moment(microseconds: int) -> bytes:
    """Since 1970 UTC; PostgreSQL counts from 2000."""
    return INT8(8, microseconds - EPOCH_2000)
