"""Counts of a statement's rows: the same as counted one by one, whatever their hours."""

from __future__ import annotations

import struct
from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.ingest import arrays
from fugong.passage.ingest.arrays import NULL, SMALL
from fugong.passage.ingest.counting import HOUR, counts

AT = int(datetime(2022, 4, 27, 2, 0, tzinfo=UTC).timestamp()) * 1_000_000
HEAD = struct.Struct(">iiIii")

# Around a full hour, at it, and so long ago that PostgreSQL counts below zero.
moments = st.one_of(st.integers(AT - 3, AT + 3), st.integers(0, 3), st.integers(AT, AT + 5 * HOUR))
scans = st.lists(
    st.tuples(st.integers(1, 3), moments, st.integers(1, 2), st.integers(1, 3), st.integers(0, 3)),
    min_size=1,
    max_size=60,
)


def row(gate: int, at: int, direction: int, answer: int, kind: int) -> tuple[bytes, ...]:
    when = arrays.moment(at)
    return (
        *(arrays.int4(gate), when, arrays.int8(7), when, arrays.uuid(bytes(16)), NULL),
        *(SMALL[kind], SMALL[1], SMALL[direction], SMALL[answer], SMALL[0], SMALL[0], NULL),
    )


def values(column: bytes) -> list[int]:
    """Of an array of whole numbers as it goes over the wire."""
    _dimensions, _null, _element, length, _first = HEAD.unpack_from(column)
    cells, found = column[HEAD.size :], []
    while cells:
        size = int.from_bytes(cells[:4], "big")
        found.append(int.from_bytes(cells[4 : 4 + size], "big", signed=True))
        cells = cells[4 + size :]
    assert len(found) == length
    return found


@given(scans=scans)
def test_counts_of_any_rows_are_those_of_each_kind_and_hour(scans):
    columns = [values(column) for column in counts([row(*each) for each in scans])]
    counted = {tuple(key): number for *key, number in zip(*columns, strict=True)}
    at = [at - at % HOUR - arrays.EPOCH_2000 for _gate, at, *_ in scans]
    expected = Counter(
        (gate, direction, answer, kind, hour)
        for (gate, _at, direction, answer, kind), hour in zip(scans, at, strict=True)
    )
    assert counted == expected
