"""From a cell to a value: what people and spreadsheets write for it, and never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.db.models import TextChoices

from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.importing.columns import plain, words
from fugong.enterprises.rules.importing.sheets import Cell
from fugong.enterprises.rules.problems import Problem

Choice = TypeVar("Choice", bound=TextChoices)
_DATES = (
    re.compile(r"(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?( 0?0:00(:00)?)?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_BETWEEN_TAGS = re.compile(r"[,，、;；/|·\n]+")
_INDUSTRY_LETTER = re.compile(r"([A-Ta-t])(?![A-Za-z])")


class BadCell(ValueError):
    """The cell's value cannot be taken; the problem says why."""

    def __init__(self, code: str, /, **details: str | int) -> None:
        super().__init__(code)
        self.problem = Problem(code, details)


def text_of(cell: Cell) -> str:
    """As it reads on the screen: whole numbers without a point, days without a time."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell)).strip()


def code_of(cell: Cell) -> str:
    """A code that stands as a number has lost digits (a spreadsheet keeps 15 of them)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise BadCell("code_scientific", code=f"{cell:.6G}" if cell >= 1e15 else text_of(cell))
    return text_of(cell)


def checked_code_of(cell: Cell) -> str:
    """The code in its one spelling; what is wrong with it is told at once, beside what else is wrong."""
    try:
        return credit_code.checked(code_of(cell))
    except credit_code.BadCreditCode as bad:
        raise BadCell(f"code_{bad.flaw}", **bad.details) from None


def number_of(cell: Cell) -> int:
    text = unicodedata.normalize("NFKC", text_of(cell)).replace(",", "").strip()
    for end in words()["ends"]["people"]:
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


def size_of(cell: Cell) -> SizeClass:
    return _one_of(SizeClass, "size_class", cell)


def kind_of(cell: Cell) -> Kind:
    return _one_of(Kind, "kind", cell)


def industry_of(cell: Cell) -> Industry:
    """A section's letter, its name, or both; finer codes (C18, 1810) say their section by the letter only."""
    text = text_of(cell)
    letter = _INDUSTRY_LETTER.match(text)
    if letter:
        return Industry(letter[1].upper())
    return _one_of(Industry, "industry", cell)


def tags_of(cell: Cell) -> tuple[Tag, ...]:
    parts = [part for part in _BETWEEN_TAGS.split(text_of(cell)) if part.strip()]
    return tuple(_one_of(Tag, "tags", part) for part in parts)


def area_of(cell: Cell, areas: Mapping[str, UUID]) -> UUID:
    """`areas` by name and by code, both `plain`."""
    found = areas.get(plain(text_of(cell)))
    if found is None:
        raise BadCell("unknown_area", value=text_of(cell))
    return found


def _one_of(choices: type[Choice], field: str, cell: Cell) -> Choice:
    text = text_of(cell)
    found = _spellings(field).get(plain(text))
    if found is None:
        raise BadCell("unknown_choice", value=text)
    return choices(found)


@cache
def _spellings(field: str) -> dict[str, str]:
    listed = words()["values"][field]
    return {plain(spelt): value for value, spellings in listed.items() for spelt in (value, *spellings)}
