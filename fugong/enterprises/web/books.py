"""Spreadsheets that the import gives out: the empty template, and the rows that could not be taken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.web import list_books
from fugong.core.web.list_books import Template
from fugong.enterprises import permissions, queries
from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.enterprises.models import ImportBatch
from fugong.enterprises.rules.importing.columns import LABELS, REQUIRED
from fugong.enterprises.web.forms import area_choices

WIDTHS = {"name": 36, "credit_code": 24, "address": 36, "industry": 28, "tags": 28}


def template_book(actor: Actor) -> bytes:
    return list_books.template_book(
        Template(
            title=_("Enterprises"),
            labels=LABELS,
            required=REQUIRED,
            widths=WIDTHS,
            lists={
                "size_class": [choice.label for choice in SizeClass],
                "industry": [choice.label for choice in Industry],
                "area": [name for _id, name in area_choices(actor, permissions.IMPORT)],
                "kind": [choice.label for choice in Kind],
                "tags": [choice.label for choice in Tag],
            },
            free=("tags",),
            notes=(
                list_books.any_order(),
                _("The credit code must be text: a cell formatted as a number loses its last digits."),
                _("Each row needs its own values: do not merge cells."),
                _("An empty cell leaves what is on the register as it is."),
                _("Several tags are parted by commas. Days are written as 2022-04-27."),
                _("A row whose credit code is on the register changes that enterprise."),
            ),
        )
    )


def error_book(batch: ImportBatch) -> bytes:
    return list_books.error_book(batch.headings, queries.refused_rows(batch), LABELS)
