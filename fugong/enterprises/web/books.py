"""Spreadsheets that the import gives out: the empty template, and the rows that could not be taken."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.punctuation import labelled
from fugong.enterprises import permissions, queries
from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.rules.importing.columns import LABELS, REQUIRED
from fugong.enterprises.web.forms import area_choices

SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
LISTED_ROWS = 5_000
WIDTHS = {"name": 36, "credit_code": 24, "address": 36, "industry": 28, "tags": 28}


def template_book(actor: Actor) -> bytes:
    """Headings in the reader's language, the needed ones marked, lists to choose from, and notes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, SAFE)
    head = book.add_format({"bold": True, "bg_color": "#E9F0F9", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("Enterprises"))
    for column, (name, label) in enumerate(LABELS.items()):
        sheet.write(0, column, f"{label} *" if name in REQUIRED else str(label), head)
        sheet.set_column(column, column, WIDTHS.get(name, 18), text)
    sheet.freeze_panes(1, 0)
    _write_lists(book, sheet, _lists(actor), head)
    _write_notes(book)
    book.close()
    return file.getvalue()


def error_book(batch: ImportBatch) -> bytes:
    """The refused rows as they stood, each with what is wrong in a column behind."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, SAFE)
    head = book.add_format({"bold": True, "bg_color": "#E9F0F9", "border": 1})
    text = book.add_format({"num_format": "@"})
    wrong = book.add_format({"text_wrap": True, "font_color": "#A61C1C"})
    sheet = book.add_worksheet(_("Rows with errors"))
    headings = [*batch.headings, _("Errors")]
    last = len(headings) - 1
    sheet.set_column(0, last - 1, 20, text)
    sheet.set_column(last, last, 70, wrong)
    sheet.write_row(0, 0, headings, head)
    sheet.freeze_panes(1, 0)
    for number, (cells, problems) in enumerate(queries.refused_rows(batch), start=1):
        sheet.write_row(number, 0, cells[:last], text)
        sentences = (labelled(LABELS.get(name, name), problem.sentence) for name, problem in problems.items())
        sheet.write(number, last, "\n".join(sentences), wrong)
    book.close()
    return file.getvalue()


def _lists(actor: Actor) -> dict[str, Sequence[str | Promise]]:
    return {
        "size_class": [choice.label for choice in SizeClass],
        "industry": [choice.label for choice in Industry],
        "area": [name for _id, name in area_choices(actor, permissions.IMPORT)],
        "kind": [choice.label for choice in Kind],
        "tags": [choice.label for choice in Tag],
    }


def _write_lists(book: Any, sheet: Any, lists: dict[str, Sequence[str | Promise]], head: Any) -> None:
    """On a sheet of their own: a list of any length fits, and what stands there can be copied."""
    values = book.add_worksheet(_("Values"))
    for column, (name, choices) in enumerate(lists.items()):
        values.write(0, column, str(LABELS[name]), head)
        values.set_column(column, column, 36)
        for row, choice in enumerate(choices, start=1):
            values.write_string(row, column, str(choice))
        if choices and name != "tags":
            letter = chr(ord("A") + column)
            source = f"='{values.get_name()}'!${letter}$2:${letter}${len(choices) + 1}"
            place = list(LABELS).index(name)
            rule = {"validate": "list", "source": source, "ignore_blank": True}
            sheet.data_validation(1, place, LISTED_ROWS, place, rule)


def _write_notes(book: Any) -> None:
    notes = book.add_worksheet(_("Notes"))
    notes.set_column(0, 0, 110)
    lines = (
        _("Columns marked * are needed. Columns may stand in any order; other columns are passed over."),
        _("The credit code must be text: a cell formatted as a number loses its last digits."),
        _("Each row needs its own values: do not merge cells."),
        _("An empty cell leaves what is on the register as it is."),
        _("Several tags are parted by commas. Days are written as 2022-04-27."),
        _("A row whose credit code is on the register changes that enterprise."),
    )
    for row, line in enumerate(lines):
        notes.write_string(row, 0, line)
