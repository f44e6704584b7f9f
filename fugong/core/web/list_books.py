"""Spreadsheets that go with lists handed in: the empty template, and the rows that could not be taken."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.core.problems import Problem
from fugong.core.punctuation import labelled

SAFE: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
HEAD: Final = {"bold": True, "bg_color": "#E9F0F9", "border": 1}
LISTED_ROWS: Final = 5_000
Labels = Mapping[str, str | Promise]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`lists` are values to choose from, by column; of `free` ones a cell may hold others, or several."""

    title: str
    labels: Labels
    required: Sequence[str]
    widths: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str | Promise]] = field(default_factory=dict)
    free: Sequence[str] = ()
    notes: Sequence[str] = ()


def template_book(template: Template) -> bytes:
    """Headings in the reader's language, the needed ones marked, lists to choose from, and notes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, SAFE)
    head, text = book.add_format(HEAD), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(template.title)
    for column, (name, label) in enumerate(template.labels.items()):
        sheet.write(0, column, f"{label} *" if name in template.required else str(label), head)
        sheet.set_column(column, column, template.widths.get(name, 18), text)
    sheet.freeze_panes(1, 0)
    _write_lists(book, sheet, template, head)
    _write_notes(book, template.notes)
    book.close()
    return file.getvalue()


def any_order() -> str:
    """The note that every template begins with."""
    return _("Columns marked * are needed. Columns may stand in any order; other columns are passed over.")


def error_book(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str], Mapping[str, Problem]]],
    labels: Labels,
) -> bytes:
    """The refused rows as they stood, behind each what is wrong and which row of the file it was."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, SAFE)
    head, text = book.add_format(HEAD), book.add_format({"num_format": "@"})
    wrong = book.add_format({"text_wrap": True, "font_color": "#A61C1C"})
    sheet = book.add_worksheet(_("Rows with errors"))
    last = len(headings)
    if last:
        sheet.set_column(0, last - 1, 20, text)
    sheet.set_column(last, last, 70, wrong)
    sheet.write_row(0, 0, [*headings, _("Errors"), _("Row of the file")], head)
    sheet.freeze_panes(1, 0)
    for number, (row, cells, problems) in enumerate(rows, start=1):
        sheet.write_row(number, 0, cells[:last], text)
        sentences = (labelled(labels.get(name, name), problem.sentence) for name, problem in problems.items())
        sheet.write(number, last, "\n".join(sentences), wrong)
        sheet.write_number(number, last + 1, row)
    book.close()
    return file.getvalue()


def _write_lists(book: Any, sheet: Any, template: Template, head: Any) -> None:
    """On a sheet of their own: a list of any length fits, and what stands there can be copied."""
    if not template.lists:
        return
    values = book.add_worksheet(_("Values"))
    for column, (name, choices) in enumerate(template.lists.items()):
        values.write(0, column, str(template.labels[name]), head)
        values.set_column(column, column, 36)
        for row, choice in enumerate(choices, start=1):
            values.write_string(row, column, str(choice))
        if choices and name not in template.free:
            letter = chr(ord("A") + column)
            source = f"='{values.get_name()}'!${letter}$2:${letter}${len(choices) + 1}"
            place = list(template.labels).index(name)
            rule = {"validate": "list", "source": source, "ignore_blank": True}
            sheet.data_validation(1, place, LISTED_ROWS, place, rule)


def _write_notes(book: Any, lines: Sequence[str]) -> None:
    notes = book.add_worksheet(_("Notes"))
    notes.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        notes.write_string(row, 0, line)
