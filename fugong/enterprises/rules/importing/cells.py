"""From a cell to a value of an enterprise: what people write for it, and never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.db.models import TextChoices

from fugong.core.sheets.cells import BadCell, number_of, text_of
from fugong.core.sheets.headings import plain
from fugong.core.sheets.reading import Cell
from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.importing.columns import words

Choice = TypeVar("Choice", bound=TextChoices)
_BETWEEN_TAGS = re.compile(r"[,，、;；/|·\n]+")
_INDUSTRY_LETTER = re.compile(r"([A-Ta-t])(?![A-Za-z])")


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


def staff_of(cell: Cell) -> int:
    return number_of(cell, ends=words()["ends"]["people"])


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
