"""How many of each kind there are among the rows of one statement, as the columns of one row of counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Final

from fugong.passage.ingest import arrays
from fugong.passage.ingest.arrays import INT8

HOUR: Final = 3_600_000_000
"""Microseconds."""
_AT: Final = itemgetter(1)
_KIND: Final = itemgetter(0, 8, 9, 6)
"""Gate, direction, answer and kind of subject."""
_ELEMENTS: Final = (arrays.INT4S, arrays.INT2S, arrays.INT2S, arrays.INT2S, arrays.MOMENTS, arrays.INT8S)


def counts(rows: Sequence[tuple[bytes, ...]]) -> list[bytes]:
    """Columns: gates, directions, answers, kinds, hours, how many. Rows have cells as a lane writes them."""
    found = _counted(rows)
    cells = (*zip(*found, strict=True), [INT8(8, count) for count in found.values()])
    return [arrays.column(element, column) for element, column in zip(_ELEMENTS, cells, strict=True)]


def _counted(rows: Sequence[tuple[bytes, ...]]) -> Mapping[tuple[bytes, ...], int]:
    """Nearly always all rows are of one hour, and then no moment is looked at by itself."""
    first, last = _hour(min(map(_AT, rows))), _hour(max(map(_AT, rows)))
    if first == last:
        return {(*kind, first): count for kind, count in Counter(map(_KIND, rows)).items()}
    return Counter((*_KIND(row), _hour(_AT(row))) for row in rows)


def _hour(at: bytes) -> bytes:
    """The cell of the full hour before a moment."""
    moment = int.from_bytes(at[4:], "big", signed=True)
    return INT8(8, moment - moment % HOUR)
