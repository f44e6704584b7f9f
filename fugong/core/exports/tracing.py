"""Who received a file that turned up somewhere: by the mark in its data, also when much of it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import Final
from uuid import UUID

from fugong.core.exports.marking import Sign, decided, evidence, signs_in
from fugong.core.exports.models import ListExport
from fugong.core.sheets.faults import UnreadableTable
from fugong.core.sheets.reading import read_sheets
from fugong.core.tenancy import acting_for

ENOUGH: Final = 600
"""Signs looked at: more would only cost time where thousands of exports are compared."""


@dataclass(frozen=True, slots=True)
class Traced:
    """`signs` were found in the file; `exports` are those it can hardly come from anything but."""

    signs: int
    compared: int
    exports: tuple[ListExport, ...]


def trace(content: bytes, authority_id: UUID) -> Traced:
    """A spreadsheet, CSV or plain text. Several exports are named where files were put together."""
    signs = _sample(signs_in(_columns(content)))
    with acting_for(authority_id):
        rows = ListExport.objects.filter(authority_id=authority_id).defer("content").order_by("number")
        known = {row.number: row for row in rows}
        weights = {number: evidence(signs, bytes(row.key)) for number, row in known.items()}
    return Traced(len(signs), len(known), tuple(known[number] for number in decided(weights)))


def _columns(content: bytes) -> list[Sequence[str]]:
    try:
        sheets = read_sheets(content)
    except UnreadableTable:
        return [content.decode("utf-8", errors="replace").splitlines()]
    return [
        [cell if isinstance(cell, str) else "" for cell in column]
        for sheet in sheets
        for column in zip_longest(*sheet.rows, fillvalue="")
    ]


def _sample(signs: set[Sign]) -> list[Sign]:
    """The same ones each time, from all over the file."""
    return sorted(signs, key=lambda sign: sha256(sign.value.encode()).digest())[:ENOUGH]
