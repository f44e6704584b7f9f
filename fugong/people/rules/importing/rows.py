"""From a row of a list of staff to what it says, and to what keeping it would do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from fugong.core.names import name_key
from fugong.core.sheets.cells import BadCell
from fugong.core.sheets.headings import Header, fault_at
from fugong.core.sheets.reading import Cell, Sheet
from fugong.people.choices import DocumentKind, StaffOutcome
from fugong.people.rules import documents
from fugong.people.rules.importing import cells
from fugong.people.rules.importing.columns import REQUIRED
from fugong.people.rules.problems import Problem

RESIDENT_ID: Final = DocumentKind.RESIDENT_ID
PERSON: Final = ("name", "document_kind", "phone", "home_region", "lodging")
WORK: Final = ("post", "shift", "crew", "room", "starts_on")
_DOTS = re.compile(r"[·•・‧∙．.]")


@dataclass(slots=True)
class Row:
    """One row: its number as the spreadsheet counts (from 1), what it says, what is wrong with it."""

    number: int
    cells: Sequence[Cell]
    said: dict[str, Any]
    problems: dict[str, Problem]


@dataclass(frozen=True, slots=True)
class Known:
    """A file that has the number, with the employment that runs. `is_merged`: another file of the person is
    the one in use; `is_seen`: the actor may see it now; `is_ours`: it may move it from where it is."""

    person_id: UUID
    name: str
    document_kind: str
    phone: bytes
    phone_hash: bytes | None
    home_region: str
    lodging: str
    enterprise_id: UUID | None
    changed_at: datetime
    employment_id: UUID | None
    post: str
    shift: str
    crew: str
    room: str
    starts_on: date | None
    last_end: date | None
    is_merged: bool = False
    is_seen: bool = True
    is_ours: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """`changes` are [before, after] by field; a telephone and what the actor may not see are not shown."""

    outcome: StaffOutcome
    changes: dict[str, list[str]]
    problems: Mapping[str, Problem]
    begins: bool = False


IS_NEW: Final = Judgement(StaffOutcome.NEW, {}, {}, begins=True)


class Reader:
    """Reads rows of one file. `enterprise_of` gives the id, or raises BadCell."""

    def __init__(
        self, sheet: Sheet, header: Header, *, today: date, enterprise_of: Callable[[Cell], UUID]
    ) -> None:
        self._sheet, self._today = sheet, today
        self._has_faults = bool(sheet.merged or sheet.broken)
        readers = {**cells.readers(today), "enterprise": enterprise_of}
        self._columns = [(name, column, readers[name]) for name, column in header.columns.items()]
        self._check = documents.checker(today)

    def read(self, number: int, row: Sequence[Cell]) -> Row:
        """An empty cell says nothing; whether it may stay empty is judged later."""
        said: dict[str, Any] = {}
        problems: dict[str, Problem] = {}
        width = len(row)
        for name, column, read in self._columns:
            cell = row[column] if column < width else ""
            if self._has_faults and (fault := fault_at(self._sheet, (number, column))):
                problems[name] = Problem(*fault)
            elif cell != "" and (not isinstance(cell, str) or cell.strip()):
                try:
                    said[name] = read(cell)
                except BadCell as bad:
                    problems[name] = Problem(bad.code, bad.details)
        self._check_document(said, problems)
        return Row(number + 1, row, said, problems)

    def _check_document(self, said: dict[str, Any], problems: dict[str, Problem]) -> None:
        if "document" in said and "document_kind" not in problems:
            kind = said.get("document_kind", RESIDENT_ID)
            try:
                said["document"] = self._check(kind, said["document"])
            except documents.BadDocument as bad:
                problems["document"] = Problem(f"document_{bad.flaw}", bad.details)
        for name in REQUIRED:
            if name not in said and name not in problems:
                problems[name] = Problem("missing" if name == "name" else "document_empty")


def judge(
    row: Row, known: Known | None, *, enterprise_id: UUID, phone_hash: bytes | None, today: date
) -> Judgement:
    """What keeping a row without problems would do. An empty cell leaves what is known."""
    if known is None:
        return IS_NEW
    stays = known.enterprise_id == enterprise_id
    problem = None if stays else _may_not_move(row, known)
    problem = problem or _start_problem(row, known, stays=stays, today=today)
    if problem is not None:
        return Judgement(StaffOutcome.REFUSED, {}, {problem[0]: problem[1]})
    changes = _changes(row.said, known, phone_hash, stays=stays)
    if "name" in changes and not is_same_name(row.said["name"], known.name):
        outcome = StaffOutcome.QUESTION
    elif stays:
        outcome = StaffOutcome.CHANGED if changes else StaffOutcome.UNCHANGED
    else:
        outcome = StaffOutcome.MOVED
    return Judgement(outcome, changes if known.is_seen else {}, {}, begins=not stays)


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: traditional characters, half width, the many dots of one kind."""
    return one == other or _DOTS.sub("·", name_key(one)) == _DOTS.sub("·", name_key(other))


def _may_not_move(row: Row, known: Known) -> tuple[str, Problem] | None:
    """In words that do not tell where the person is, nor what the file out of sight says."""
    if known.is_merged:
        return "document", Problem("number_of_merged")
    if known.enterprise_id is not None and not known.is_ours:
        return "document", Problem("employed_elsewhere")
    if not known.is_seen and not is_same_name(row.said["name"], known.name):
        return "document", Problem("known_by_other_name")
    return None


def _start_problem(row: Row, known: Known, *, stays: bool, today: date) -> tuple[str, Problem] | None:
    day = row.said.get("starts_on", None if stays else today)
    if day is None:
        return None
    running = None if stays else known.starts_on
    first = max((each for each in (running, known.last_end) if each is not None), default=day)
    if day >= first:
        return None
    if not known.is_seen:
        return "starts_on", Problem("starts_before_other")
    return "starts_on", Problem("starts_before", {"day": first.isoformat()})


def _changes(
    said: Mapping[str, Any], known: Known, phone_hash: bytes | None, *, stays: bool
) -> dict[str, list[str]]:
    changes: dict[str, list[str]] = {}
    for name in (*PERSON, *WORK) if stays else PERSON:
        if name not in said:
            continue
        before, after = getattr(known, name), said[name]
        if name == "phone":
            if phone_hash != known.phone_hash:
                changes[name] = ["", ""]
        elif before != after:
            changes[name] = [str(before), str(after)]
    return changes


@dataclass(frozen=True, slots=True)
class Alike:
    """What stands in several rows of the file: numbers of documents, and names with a telephone or region."""

    documents: Mapping[str, Sequence[int]]
    names: Mapping[int, str]
    people: Mapping[tuple[str, str], Sequence[int]]

    def twin_of(self, row: Row) -> Problem | None:
        """None of them is taken: which one is meant is not ours to guess."""
        key = cells.key_of(row.said["document"]) if "document" in row.said else ""
        others = [number for number in self.documents.get(key, ()) if number != row.number]
        if not others:
            return None
        name = self.names[others[0]]
        if is_same_name(name, row.said.get("name", name)):
            return Problem("twice_in_file", {"row": others[0]})
        return Problem("twice_other_name", {"row": others[0], "name": name})

    def namesakes_of(self, row: Row) -> list[tuple[str, int]]:
        """Rows that may be of the same person under another number, with what is the same."""
        found: dict[int, str] = {}
        said = row.said
        for what, value in (("phone", said.get("phone", "")), ("home_region", narrow_region(said))):
            for number in self.people.get((said["name"], value), ()):
                if number != row.number:
                    found.setdefault(number, what)
        return [(what, number) for number, what in found.items()]


def find_alike(rows: Iterable[Row]) -> Alike:
    """Of the whole file, before its rows are judged in lots."""
    places: dict[str, list[int]] = defaultdict(list)
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in rows:
        said, name = row.said, row.said.get("name", "")
        if "document" in said:
            places[cells.key_of(said["document"])].append(row.number)
            names[row.number] = name
        if "phone" in said:
            people[name, said["phone"]].append(row.number)
        if region := narrow_region(said):
            people[name, region].append(row.number)
    repeated = _repeated(places)
    named = {number: names[number] for numbers in repeated.values() for number in numbers}
    return Alike(repeated, named, _repeated(people))


def narrow_region(said: Mapping[str, Any]) -> str:
    """A province alone says too little to tell people apart by."""
    region: str = said.get("home_region", "")
    return "" if region.endswith("0000") else region


def _repeated(places: Mapping[Any, list[int]]) -> dict[Any, Sequence[int]]:
    return {key: numbers for key, numbers in places.items() if len(numbers) > 1}
