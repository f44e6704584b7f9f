"""From a cell to a value: what people and spreadsheets write for it, and never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from fugong.core.sheets.reading import Cell

_DATES: Final = (
    re.compile(r"(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?( 0?0:00(:00)?)?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


class BadCell(ValueError):
    """The cell's value cannot be taken: a code with details, which the context says in a sentence."""

    def __init__(self, code: str, /, **details: str | int) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def text_of(cell: Cell) -> str:
    """As it reads on the screen: whole numbers without a point, days without a time."""
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell).strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell)).strip()


def number_of(cell: Cell, *, ends: Iterable[str] = ()) -> int:
    """A whole number; `ends` are words that may stand behind it."""
    text = unicodedata.normalize("NFKC", text_of(cell)).replace(",", "").strip()
    for end in ends:
        text = text.removesuffix(end).strip()
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        raise BadCell("not_a_number", value=text_of(cell))
    return int(text)


def day_of(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", text_of(cell)).strip()
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                break
    raise BadCell("not_a_date", value=text_of(cell))
