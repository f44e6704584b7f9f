"""Spreadsheets that the import of staff gives out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.web import list_books
from fugong.core.web.list_books import Template
from fugong.people import queries
from fugong.people.choices import DocumentKind
from fugong.people.models import ImportBatch
from fugong.people.queries.places import places_for
from fugong.people.rules.importing.columns import LABELS, REQUIRED

WIDTHS = {"document_kind": 24, "document": 24, "home_region": 24, "lodging": 36, "enterprise": 36}


def template_book(actor: Actor) -> bytes:
    return list_books.template_book(
        Template(
            title=_("Staff"),
            labels=LABELS,
            required=REQUIRED,
            widths=WIDTHS,
            lists={
                "document_kind": [kind.label for kind in DocumentKind],
                "enterprise": [name for _id, name in places_for(actor)],
            },
            free=("enterprise",),
            notes=(
                list_books.any_order(),
                _("The number of the document must be text: a cell formatted as a number loses its end."),
                _("Each row needs its own values: do not merge cells."),
                _("Without a kind of document, the number is read as that of a resident ID card."),
                _("The home region is written as province and city, or as the six digits of its code."),
                _("A list of several enterprises names them in each row: the full name or the credit code."),
                _("An empty cell leaves what the file says as it is. Days are written as 2022-04-27."),
                _("A row whose number has a file changes that file; nobody is entered twice."),
            ),
        )
    )


def error_book(batch: ImportBatch) -> bytes:
    return list_books.error_book(batch.headings, queries.refused_rows(batch), LABELS)
