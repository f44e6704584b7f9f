"""Which column of a list says what: by its heading, in the words people use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from django.utils.functional import Promise

from fugong.core.names import name_key
from fugong.core.punctuation import listed
from fugong.core.sheets.faults import UnreadableTable
from fugong.core.sheets.markup import column_letters
from fugong.core.sheets.reading import Cell, Place, Sheet

LOOKED_THROUGH: Final = 20
"""Rows in which the heading is looked for: lists begin with titles, notes and dates."""

_BRACKETS = re.compile(r"[(\[【（].*?[)\]】）]")
_SIGNS = re.compile(r"[\s*＊:：、，,./·\-_]+")


@dataclass(frozen=True, slots=True)
class Header:
    """Row (from 0) and columns by field; `ignored` are headings that mean nothing here."""

    row: int
    columns: Mapping[str, int]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """A heading or a value without what does not matter. A list says the same few words in every row."""
    return _SIGNS.sub("", _BRACKETS.sub("", name_key(text)))


@dataclass(frozen=True)
class Columns:
    """What a list of one kind may say: the labels in the order of our own template, and every spelling."""

    labels: Mapping[str, Promise]
    required: tuple[str, ...]
    spellings: Mapping[str, Sequence[str]]

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        return {plain(spelt): name for name, spelt_so in self.spellings.items() for spelt in spelt_so}

    def letters(self, headings: Sequence[str]) -> Mapping[str, str]:
        """How a spreadsheet names the column of each field."""
        named = ((self.meanings.get(plain(heading)), place) for place, heading in enumerate(headings))
        return {name: column_letters(place) for name, place in named if name is not None}

    def find_header(self, sheet: Sheet) -> Header | None:
        """The row of the sheet's first rows that names most columns; None when none names two."""
        best: Header | None = None
        for number, row in enumerate(sheet.rows[:LOOKED_THROUGH]):
            found = self._read(number, row)
            if len(found.columns) >= 2 and (best is None or len(found.columns) > len(best.columns)):
                best = found
        return best

    def choose_sheet(self, sheets: Sequence[Sheet]) -> tuple[Sheet, Header]:
        """The sheet with the fullest heading. Raises UnreadableTable with the names of what is missing."""
        if not any(any(row) for sheet in sheets for row in sheet.rows):
            raise UnreadableTable("no_rows")
        found = [(sheet, header) for sheet in sheets if (header := self.find_header(sheet)) is not None]
        if not found:
            example = " | ".join(str(self.labels[name]) for name in self.required)
            raise UnreadableTable("no_header", example=example)
        sheet, header = max(found, key=lambda pair: len(pair[1].columns))
        self._check(sheet, header)
        return sheet, header

    def _read(self, number: int, row: Sequence[Cell]) -> Header:
        columns: dict[str, int] = {}
        ignored = []
        for place, cell in enumerate(row):
            name = self.meanings.get(plain(cell)) if isinstance(cell, str) else None
            if name is not None and name not in columns:
                columns[name] = place
            elif str(cell).strip():
                ignored.append(str(cell).strip())
        return Header(number, columns, tuple(str(cell).strip() for cell in row), tuple(ignored))

    def _check(self, sheet: Sheet, header: Header) -> None:
        for place, heading in enumerate(header.headings):
            name = self.meanings.get(plain(heading))
            if name is not None and header.columns[name] != place:
                first = header.headings[header.columns[name]]
                raise UnreadableTable("column_twice", column=self.labels[name], first=first, second=heading)
        for place in header.columns.values():
            merged = sheet.merged.get((header.row, place))
            if merged is not None and _spans_columns(merged):
                raise UnreadableTable("merged_header", range=merged)
        missing = [str(self.labels[name]) for name in self.required if name not in header.columns]
        if missing:
            found = listed(heading for heading in header.headings if heading)
            raise UnreadableTable("missing_columns", columns=listed(missing), found=found)


def data_rows(sheet: Sheet, header: Header) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The filled rows under the heading, each with its number from 0."""
    for number in range(header.row + 1, len(sheet.rows)):
        if any(cell != "" and str(cell).strip() for cell in sheet.rows[number]):
            yield number, sheet.rows[number]


def is_note(row: Sequence[Cell]) -> bool:
    """A single filled cell: the foot of a list, a signature, the mark of an export."""
    filled = 0
    for cell in row:
        if cell != "" and str(cell).strip():
            filled += 1
            if filled > 1:
                return False
    return filled == 1


def fault_at(sheet: Sheet, place: Place) -> tuple[str, dict[str, str]] | None:
    """What the place itself is wrong with, whatever its value, as a code with details."""
    if place in sheet.merged:
        return "merged_cells", {"range": sheet.merged[place]}
    if place in sheet.broken:
        code, value = sheet.broken[place]
        return code, {"value": value} if value else {}
    return None


def _spans_columns(range_name: str) -> bool:
    first, last = (re.sub(r"\d+", "", corner) for corner in range_name.split(":"))
    return first != last
