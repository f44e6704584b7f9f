"""Which column of a list says what: by its heading, in the words people use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.punctuation import listed
from fugong.enterprises.rules.importing.faults import UnreadableTable
from fugong.enterprises.rules.importing.sheets import Cell, Sheet
from fugong.enterprises.rules.names import name_key

LABELS: Final[dict[str, Promise]] = {
    "name": _("Name"),
    "credit_code": _("Unified social credit code"),
    "kind": _("Kind"),
    "size_class": _("Size class"),
    "industry": _("Industry"),
    "area": _("Park"),
    "address": _("Address"),
    "normal_staff": _("Normal number of staff"),
    "normal_capacity": _("Normal capacity"),
    "tags": _("Tags"),
    "contact_name": _("Contact"),
    "contact_phone": _("Contact's telephone"),
    "entered_on": _("In the park since"),
}
"""The columns of a list, in the order of our own template."""

REQUIRED: Final = ("name", "credit_code", "size_class", "industry", "area", "normal_staff")
LOOKED_THROUGH = 20
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


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """A heading or a value without what does not matter. A list says the same few words in every row."""
    return _SIGNS.sub("", _BRACKETS.sub("", name_key(text)))


@cache
def _meanings() -> dict[str, str]:
    return {plain(spelt): name for name, spellings in words()["headers"].items() for spelt in spellings}


def find_header(sheet: Sheet) -> Header | None:
    """The row of the sheet's first rows that names most columns; None when none names two."""
    best: Header | None = None
    for number, row in enumerate(sheet.rows[:LOOKED_THROUGH]):
        found = _read(number, row)
        if len(found.columns) >= 2 and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def choose_sheet(sheets: Sequence[Sheet]) -> tuple[Sheet, Header]:
    """The first sheet with a full heading. Raises UnreadableTable with the names of what is missing."""
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise UnreadableTable("no_rows")
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet)) is not None]
    if not found:
        example = " | ".join(str(LABELS[name]) for name in REQUIRED)
        raise UnreadableTable("no_header", example=example)
    sheet, header = max(found, key=lambda pair: len(pair[1].columns))
    _check(sheet, header)
    return sheet, header


def _read(number: int, row: Sequence[Cell]) -> Header:
    columns: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(row):
        name = _meanings().get(plain(cell)) if isinstance(cell, str) else None
        if name is not None and name not in columns:
            columns[name] = place
        elif str(cell).strip():
            ignored.append(str(cell).strip())
    return Header(number, columns, tuple(str(cell).strip() for cell in row), tuple(ignored))


def _check(sheet: Sheet, header: Header) -> None:
    for place, heading in enumerate(header.headings):
        name = _meanings().get(plain(heading))
        if name is not None and header.columns[name] != place:
            first = header.headings[header.columns[name]]
            raise UnreadableTable("column_twice", column=LABELS[name], first=first, second=heading)
    for place in header.columns.values():
        merged = sheet.merged.get((header.row, place))
        if merged is not None and _spans_columns(merged):
            raise UnreadableTable("merged_header", range=merged)
    missing = [str(LABELS[name]) for name in REQUIRED if name not in header.columns]
    if missing:
        found = listed(heading for heading in header.headings if heading)
        raise UnreadableTable("missing_columns", columns=listed(missing), found=found)


def _spans_columns(range_name: str) -> bool:
    first, last = (re.sub(r"\d+", "", corner) for corner in range_name.split(":"))
    return first != last
