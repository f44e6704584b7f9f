"""From the bytes of a file to the cells of its sheets, at their true places."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from fugong.core.sheets.faults import UnreadableTable
from fugong.core.sheets.markup import Markup, column_letters, markup_of

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
Place: TypeAlias = tuple[int, int]
"""Row and column, both from 0."""

ROW_LIMIT = 200_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `merged` maps each place inside a merged range to the range's name, such as B3:B7.

    `broken` are places whose value is not to be had (a formula never computed, an error), with why.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Mapping[Place, str] = field(default_factory=dict)
    broken: Mapping[Place, tuple[str, str]] = field(default_factory=dict)
    formulas: int = 0
    encoding: str = ""


def read_sheets(content: bytes) -> list[Sheet]:
    """Every visible sheet that holds anything. Raises UnreadableTable.

    What a spreadsheet shows is taken, not what it computes: formulas count by their stored values.
    """
    if content.startswith((_ZIP, _OLE)):
        return _from_workbook(content)
    return [_from_text(content)]


def _from_workbook(content: bytes) -> list[Sheet]:
    markup = markup_of(content) if content.startswith(_ZIP) else {}
    for marked in markup.values():
        _check_extent(marked)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        return [_from_sheet(book.get_sheet_by_name(name), markup.get(name, Markup())) for name in names]
    except CalamineError:
        raise UnreadableTable("not_readable") from None


def _check_extent(marked: Markup) -> None:
    """Before the reader lays the sheet out in memory: one far cell would make it a rectangle of billions."""
    if marked.last_row > ROW_LIMIT + 100:
        raise UnreadableTable("too_many_rows", limit=ROW_LIMIT)
    if marked.far_cell:
        raise UnreadableTable("too_wide", cell=marked.far_cell)


def _from_sheet(sheet: CalamineSheet, marked: Markup) -> Sheet:
    if sheet.total_height > ROW_LIMIT + 100:
        raise UnreadableTable("too_many_rows", limit=ROW_LIMIT)
    return Sheet(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        merged=_places(sheet.merged_cell_ranges or []),
        broken=marked.broken,
        formulas=marked.formulas,
    )


def _places(ranges: Iterable[tuple[Place, Place]]) -> dict[Place, str]:
    """Only as wide as a list can be: a merged range may name a million rows that hold nothing."""
    found: dict[Place, str] = {}
    for (top, left), (bottom, right) in ranges:
        name = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        for row in range(top, min(bottom, ROW_LIMIT) + 1):
            found.update(((row, column), name) for column in range(left, min(right, 100) + 1))
    return found


def _from_text(content: bytes) -> Sheet:
    text, encoding = _decoded(content)
    if "\0" in text:
        raise UnreadableTable("not_readable")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))
    except csv.Error:
        raise UnreadableTable("not_readable") from None
    if len(rows) > ROW_LIMIT + 100:
        raise UnreadableTable("too_many_rows", limit=ROW_LIMIT)
    return Sheet(name="", rows=rows, encoding=encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    """Strict tries: UTF-8 is never valid by chance, and GB 18030 contains GBK and GB 2312."""
    marked = _MARKED.get(content[:2])
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            return content.decode(encoding), "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("not_text")


def _delimiter(text: str) -> str:
    """The separator that the first lines use most; a list has several columns, so one of them is there."""
    head = "\n".join(text.splitlines()[:10])
    return max((",", "\t", ";"), key=head.count)
