"""Columns of a batch as PostgreSQL's binary arrays, put together without looking at each value again."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from psycopg import AsyncConnection
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format
from psycopg.rows import TupleRow

INT2, INT4, INT8, UUID, TIMESTAMPTZ = 21, 23, 20, 2950, 1184
_ARRAY_OF: Final = {INT2: 1005, INT4: 1007, INT8: 1016, UUID: 2951, TIMESTAMPTZ: 1185}
_HEAD: Final = struct.Struct(">iiIii")
NULL: Final = struct.pack(">i", -1)
_SMALL: Final = [struct.pack(">ih", 2, value) for value in range(4096)]
_INT4: Final = struct.Struct(">ii")
_INT8: Final = struct.Struct(">iq")
_UUID_LENGTH: Final = struct.pack(">i", 16)


@dataclass(frozen=True, slots=True)
class Column:
    """An array of one type, as it goes over the wire."""

    type_oid: int
    body: bytes


class _ColumnDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Column) -> Buffer:
        return obj.body

    def get_key(self, obj: Column, format: object) -> tuple[type, int]:
        return (Column, obj.type_oid)

    def upgrade(self, obj: Column, format: object) -> Dumper:
        made = type(self)(Column)
        made.oid = _ARRAY_OF[obj.type_oid]
        return made


def know_columns(connection: AsyncConnection[TupleRow]) -> None:
    connection.adapters.register_dumper(Column, _ColumnDumper)


def column(type_oid: int, cells: Sequence[bytes], *, has_null: bool = False) -> Column:
    """`cells` are values with their length before them, as the functions below give them."""
    return Column(type_oid, _HEAD.pack(1, has_null, type_oid, len(cells), 1) + b"".join(cells))


def small(values: Iterable[int]) -> list[bytes]:
    """Of 0 to 4095."""
    return [_SMALL[value] for value in values]


def int4(value: int) -> bytes:
    return _INT4.pack(4, value)


def int8(value: int) -> bytes:
    return _INT8.pack(8, value)


def uuid(value: bytes) -> bytes:
    return _UUID_LENGTH + value


EPOCH_2000: Final = 946_684_800_000_000


def moment(microseconds: int) -> bytes:
    """Since 1970 UTC; PostgreSQL counts from 2000."""
    return _INT8.pack(8, microseconds - EPOCH_2000)
