"""The copy of everything as a workbook: one sheet for each part, as text that is never read as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.core.clock import to_the_minute
from fugong.people.queries import OwnFile, Worker
from fugong.people.web.own_sections import copies_for
from fugong.people.web.own_shown import Done, Line, Note, ShownFile, shown_file

NAME_MOST: Final = 31
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
WIDTH: Final = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    head: Sequence[object]
    rows: Sequence[Sequence[object]]


def workbook_of(kept: OwnFile, worker: Worker, *, now: datetime) -> bytes:
    """All that the other two copies hold, in the reader's language."""
    sheets = [*_own_sheets(shown_file(kept, in_full=True), worker, now), *_other_sheets(worker, now)]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E9F0F9", "border": 1})
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_free_name(sheet.name, taken))
        page.set_column(0, max(len(sheet.head), 1) - 1, WIDTH)
        page.freeze_panes(1, 0)
        for place, label in enumerate(sheet.head):
            page.write_string(0, place, str(label), head)
        for number, row in enumerate(sheet.rows, start=1):
            for place, value in enumerate(row):
                page.write_string(number, place, _text(value))
    book.close()
    return file.getvalue()


def _own_sheets(file: ShownFile, worker: Worker, now: datetime) -> list[Sheet]:
    origin = [_("From when"), _("By"), _("How it came")]
    notes = [note for line in file.lines for note in line.notes] + list(file.notes)
    return [
        Sheet(
            _("Identity"),
            [_("Entry"), _("Value"), *origin],
            [*map(_line, file.lines), [_("Copy made"), now], [_("Number of the file"), worker.person_id]],
        ),
        Sheet(_("Employment"), [_("Enterprise"), _("Value"), *origin], list(map(_line, file.work))),
        Sheet(_("Phone"), [_("Entry"), _("Value"), *origin], list(map(_line, file.phones))),
        Sheet(_("Notice agreed to"), [_("Enterprise"), _("Value"), *origin], list(map(_line, file.consents))),
        Sheet(_("Who read my numbers in full"), _done_head(), list(map(_done, file.looks))),
        Sheet(_("What was done with my file"), _done_head(), list(map(_done, file.acts))),
        Sheet(
            _("What I said"),
            [_("Entry"), _("Said"), _("At"), _("Answer"), _("Reason"), _("Answered at"), _("By")],
            list(map(_note, notes)),
        ),
    ]


def _done_head() -> list[str]:
    return [_("At"), _("What was done"), _("By"), _("What for")]


def _line(line: Line) -> list[object]:
    return [line.label, line.value, line.at, line.by, line.way]


def _done(done: Done) -> list[object]:
    return [done.at, done.title, done.by, done.why]


def _note(note: Note) -> list[object]:
    return [note.entry, note.said, note.at, note.outcome, note.answer, note.answered_at, note.answered_by]


def _other_sheets(worker: Worker, now: datetime) -> list[Sheet]:
    """What other contexts keep: a list of alike rows is a table, whatever else a list of paths."""
    return [sheet_of(str(label), data) for _key, label, data in copies_for(worker, now=now)]


def sheet_of(label: str, data: object) -> Sheet:
    if isinstance(data, list | tuple) and data and all(isinstance(each, Mapping) for each in data):
        head = list(dict.fromkeys(str(name) for each in data for name in each))
        return Sheet(label, head, [[_cell(_named(each).get(name)) for name in head] for each in data])
    return Sheet(label, [_("Entry"), _("Value")], list(_paths("", data)))


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _paths(path: str, data: object) -> Iterable[tuple[str, object]]:
    """Each value with the way to it: `reports · 2 · temperature`."""
    if isinstance(data, Mapping):
        inner: Iterable[tuple[object, object]] = data.items()
    elif isinstance(data, list | tuple):
        inner = enumerate(data, start=1)
    else:
        yield path, data
        return
    for name, value in inner:
        yield from _paths(f"{path} \u00b7 {name}" if path else str(name), value)


def _cell(value: object) -> object:
    """A value inside a row of a table stays in its cell."""
    if isinstance(value, Mapping | list | tuple):
        return "; ".join(f"{path} {_text(each)}".strip() for path, each in _paths("", value))
    return value


def _text(value: object) -> str:
    """Text everywhere: a number of a document is never made 4.4E+17."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return to_the_minute(value)
    return str(value)


def _free_name(label: str | Promise, taken: set[str]) -> str:
    """Excel takes 31 signs, some never, and each name once, whatever its case."""
    base = FORBIDDEN.sub(" ", str(label)).strip("' ")[:NAME_MOST] or "-"
    name, number = base, 2
    while name.lower() in taken:
        name = f"{base[: NAME_MOST - 3]} {number}"
        number += 1
    taken.add(name.lower())
    return name
