"""From a cell to a value of a person or an employment: what people write for it, and never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final

from fugong.core.names import tidy
from fugong.core.regions import find_region
from fugong.core.sheets.cells import BadCell, day_of, text_of
from fugong.core.sheets.headings import plain
from fugong.core.sheets.reading import Cell
from fugong.people.choices import DocumentKind
from fugong.people.rules.data import EARLIEST, LIMITS, LONGEST_AHEAD, is_phone, region_problem
from fugong.people.rules.documents import OLD_LENGTH, extended, normalised
from fugong.people.rules.importing.columns import words

EXACT: Final = 1e15
"""A spreadsheet keeps fifteen digits of a number; what is longer has lost its end."""

_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE]\+?\d{2,}")


def number_of(cell: Cell) -> str:
    """A document's number in its one spelling, not checked yet."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
        raise BadCell("document_scientific", shown=f"{cell:.6G}")
    text = text_of(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell("document_scientific", shown=text)
    return normalised(text)


def key_of(number: str) -> str:
    """What is the same for the same person's number, whether of fifteen digits or of eighteen."""
    return extended(number) if len(number) == OLD_LENGTH and number.isdigit() else number


def name_of(cell: Cell) -> str:
    return _short("name", tidy(text_of(cell)))


def kind_of(cell: Cell) -> DocumentKind:
    text = text_of(cell)
    found = _kinds().get(plain(text))
    if found is None:
        raise BadCell("unknown_choice", value=text)
    return found


def phone_of(cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", text_of(cell)).strip()
    if not is_phone(text):
        raise BadCell("not_a_phone")
    return text


@lru_cache(maxsize=10_000)
def region_of(cell: Cell) -> str:
    """A list says the same few regions again and again."""
    text = text_of(cell)
    problem = region_problem(text)
    if problem is not None:
        raise BadCell(problem.code, **problem.details)
    return find_region(text)


def lodging_of(cell: Cell) -> str:
    return _short("lodging", tidy(text_of(cell)))


def word_of(name: str) -> Callable[[Cell], str]:
    """For what a list says again and again."""

    @lru_cache(maxsize=10_000)
    def read(cell: Cell) -> str:
        return _short(name, tidy(text_of(cell)))

    return read


def start_of(today: date) -> Callable[[Cell], date]:
    @lru_cache(maxsize=10_000)
    def read(cell: Cell) -> date:
        day = day_of(cell)
        if day < EARLIEST:
            raise BadCell("date_too_early", value=day.isoformat())
        if day > today + LONGEST_AHEAD:
            raise BadCell("date_in_future", value=day.isoformat())
        return day

    return read


def readers(today: date) -> Mapping[str, Callable[[Cell], Any]]:
    """By column; the enterprise is looked up by the caller."""
    return {
        "name": name_of,
        "document_kind": kind_of,
        "document": number_of,
        "phone": phone_of,
        "home_region": region_of,
        "lodging": lodging_of,
        "post": word_of("post"),
        "shift": word_of("shift"),
        "crew": word_of("crew"),
        "room": word_of("room"),
        "starts_on": start_of(today),
    }


def _short(name: str, text: str) -> str:
    if len(text) > LIMITS[name]:
        raise BadCell("too_long", limit=LIMITS[name])
    return text


@cache
def _kinds() -> dict[str, DocumentKind]:
    listed = words()["values"]["document_kind"]
    return {
        plain(spelt): DocumentKind(value)
        for value, spellings in listed.items()
        for spelt in (value, *spellings)
    }
