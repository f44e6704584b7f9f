"""The rows of an import as the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.punctuation import labelled
from fugong.core.web.handed_in import ListPages, told
from fugong.core.web.parts import Tone
from fugong.core.web.tables import BoundTable, Column
from fugong.enterprises import queries
from fugong.enterprises.choices import Industry, Kind, RowOutcome, SizeClass, Tag
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.rules.importing.columns import COLUMNS, LABELS

FIELDS = {**LABELS, "area_id": LABELS["area"]}
CHOICES: Mapping[str, type[Kind] | type[SizeClass] | type[Industry]] = {
    "kind": Kind,
    "size_class": SizeClass,
    "industry": Industry,
}
LOOKS = {
    RowOutcome.NEW: (Tone.GOOD, "plus"),
    RowOutcome.CHANGED: (Tone.WARNING, "pencil"),
    RowOutcome.UNCHANGED: (Tone.NEUTRAL, "circle-check"),
    RowOutcome.REFUSED: (Tone.BAD, "alert-circle"),
}


PAGES: Final = ListPages(
    name="enterprises:import",
    title=_("Import enterprises"),
    home="enterprises:list",
    home_label=_("Enterprises"),
    file_label=_("List of enterprises"),
    intro=_("The file is read and shown first. Nothing touches the register until you confirm."),
    looks={outcome.value: (outcome.label, *look) for outcome, look in LOOKS.items()},
    notices={"no_entry_day": _("No day of entry is given; new enterprises count from %(day)s.")},
    failures={
        "register_moved": _(
            "The register has changed since the file was read. Hand it in again; nothing was taken over."
        ),
    },
)


class Preview:
    """The table of a batch's rows: what each would do, field by field."""

    def __init__(self, batch: ImportBatch, actor: Actor) -> None:
        self.batch = batch
        self.letters = COLUMNS.letters(batch.headings)
        self.area_names = {str(area.id): area.name for area in areas.list_areas(actor=actor)}

    def table(self, request: HttpRequest) -> BoundTable[ImportRow]:
        columns: list[Column[ImportRow]] = [
            Column(key="name", label=_("Name"), render=lambda row: row.name, heading=True),
            Column(key="code", label=_("Unified social credit code"), render=lambda row: row.credit_code),
        ]
        return PAGES.rows(request, queries.rows_of_import(self.batch), columns, what=self._what)

    def _what(self, row: ImportRow) -> SafeString:
        if row.problems:
            lines = told(queries.problems_in(row), FIELDS, number=row.number, letters=self.letters)
            return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
        return format_html_join("", "<div>{}</div>", ((line,) for line in self._changes(row)))

    def _changes(self, row: ImportRow) -> list[SafeString]:
        lines = []
        for name, (before, after) in row.changes.items():
            label = FIELDS.get(name, name)
            if before == after == "":
                lines.append(format_html("{}", labelled(label, _("differs (personal, not shown here)"))))
            else:
                shown = self._value(name, before), self._value(name, after)
                lines.append(format_html("{}<del>{}</del> → <ins>{}</ins>", labelled(label, ""), *shown))
        return lines

    def _value(self, name: str, value: Any) -> str | Promise:
        if name in CHOICES:
            return CHOICES[name](value).label
        if name == "area_id":
            return self.area_names.get(str(value), str(value))
        if name == "tags":
            return " · ".join(str(Tag(tag).label) for tag in value)
        return str(value)
