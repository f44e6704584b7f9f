"""From a row of a list to what it says of an enterprise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from fugong.core.sheets.cells import BadCell, day_of, text_of
from fugong.core.sheets.headings import Header, fault_at
from fugong.core.sheets.reading import Cell, Sheet
from fugong.enterprises.rules.data import EnterpriseData, differences, problems_of, tidied
from fugong.enterprises.rules.importing import cells
from fugong.enterprises.rules.importing.columns import REQUIRED
from fugong.enterprises.rules.problems import Problem

READERS: Final[Mapping[str, Callable[[Cell], Any]]] = {
    "name": text_of,
    "credit_code": cells.checked_code_of,
    "kind": cells.kind_of,
    "size_class": cells.size_of,
    "industry": cells.industry_of,
    "address": text_of,
    "normal_staff": cells.staff_of,
    "normal_capacity": text_of,
    "tags": cells.tags_of,
    "contact_name": text_of,
    "contact_phone": text_of,
    "entered_on": day_of,
}
TO_DATA: Final = {"area": "area_id"}
"""Where a column's name differs from the field it fills."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet counts (from 1), what it says, what is wrong with it."""

    number: int
    cells: Sequence[Cell]
    said: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Empty for a row whose code is missing or wrong."""
        return str(self.said.get("credit_code", ""))


@dataclass(frozen=True, slots=True)
class Judged:
    """A row held against the register: `data` is what would be kept, `changed` the fields that differ."""

    row: Row
    data: EnterpriseData | None
    changed: tuple[str, ...]
    problems: Mapping[str, Problem]


def read_row(
    number: int, row: Sequence[Cell], *, sheet: Sheet, header: Header, areas: Mapping[str, UUID]
) -> Row:
    """`areas` by name and code. An empty cell says nothing; whether it may stay empty is judged later."""
    said: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for name, column in header.columns.items():
        cell = row[column] if column < len(row) else ""
        fault = fault_at(sheet, (number, column))
        if fault is not None:
            problems[name] = Problem(*fault)
        elif str(cell).strip():
            try:
                said[TO_DATA.get(name, name)] = (
                    cells.area_of(cell, areas) if name == "area" else READERS[name](cell)
                )
            except BadCell as bad:
                problems[name] = Problem(bad.code, bad.details)
    return Row(number + 1, row, said, problems)


def judge(row: Row, known: EnterpriseData | None, *, today: date) -> Judged:
    """What keeping the row would do. An empty cell leaves what is known, and is missing where nothing is."""
    problems = dict(row.problems)
    if known is None:
        for name in REQUIRED:
            if name not in problems and TO_DATA.get(name, name) not in row.said:
                problems[name] = _missing(name)
    if problems:
        return Judged(row, None, (), problems)
    said = {"entered_on": today} | dict(row.said) if known is None else row.said
    data = tidied(replace(known, **said) if known else EnterpriseData(**said))
    found = problems_of(data, today=today)
    if known is not None and data.entered_on != known.entered_on:
        details = {"known": known.entered_on.isoformat(), "value": data.entered_on.isoformat()}
        found["entered_on"] = Problem("entered_on_differs", details)
    changed = differences(known, data) if known else ()
    return Judged(row, None if found else data, changed, found)


def _missing(name: str) -> Problem:
    return Problem("code_empty" if name == "credit_code" else "missing")


def codes_twice(numbered: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Rows whose code stands in another row too, each with the number of another such row.

    None of them is taken: which one is meant is not ours to guess.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, code in numbered:
        if code:
            places[code].append(number)
    twice: dict[int, int] = {}
    for numbers in places.values():
        if len(numbers) > 1:
            twice |= {number: numbers[1] if number == numbers[0] else numbers[0] for number in numbers}
    return twice
