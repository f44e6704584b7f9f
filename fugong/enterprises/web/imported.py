"""The rows of an import as the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.icons import draw
from fugong.core.punctuation import labelled
from fugong.core.web.parts import KeyFigure, Tone
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.enterprises import queries
from fugong.enterprises.choices import Industry, Kind, RowOutcome, SizeClass, Tag
from fugong.enterprises.models import ImportBatch, ImportRow
from fugong.enterprises.rules.importing.columns import LABELS

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


def figures_of(batch: ImportBatch) -> list[KeyFigure]:
    """Coloured only where there is something to look at."""
    numbers = {outcome: getattr(batch, outcome.value) for outcome in LOOKS}
    return [
        KeyFigure(outcome.label, str(number), tone=LOOKS[outcome][0] if number else Tone.NEUTRAL)
        for outcome, number in numbers.items()
    ]


class Preview:
    """The table of a batch's rows: what each would do, field by field."""

    def __init__(self, batch: ImportBatch, actor: Actor) -> None:
        self.batch = batch
        self.area_names = {str(area.id): area.name for area in areas.list_areas(actor=actor)}

    def table(self, request: HttpRequest) -> BoundTable[ImportRow]:
        table = Table[ImportRow](
            key="import-rows",
            label=_("Rows of the file"),
            columns=[
                Column(
                    key="number", label=_("Row"), render=lambda row: row.number, sort=("number",), number=True
                ),
                Column(key="name", label=_("Name"), render=lambda row: row.name, heading=True),
                Column(key="code", label=_("Unified social credit code"), render=lambda row: row.credit_code),
                Column(key="outcome", label=_("Outcome"), render=_outcome, sort=("outcome", "number")),
                Column(key="what", label=_("What changes, or what is wrong"), render=self._what),
            ],
            filters=[
                Filter(
                    key="outcome",
                    label=_("Outcome"),
                    choices=RowOutcome.choices,
                    apply=lambda rows, values: rows.filter(outcome__in=values),
                )
            ],
            default_sort="number",
        )
        return table.bind(queries.rows_of_import(self.batch), request)

    def _what(self, row: ImportRow) -> SafeString:
        if row.problems:
            problems = queries.problems_in(row).items()
            lines = ((labelled(FIELDS.get(name, name), each.sentence),) for name, each in problems)
            return format_html_join("", "<div>{}</div>", lines)
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


def _outcome(row: ImportRow) -> SafeString:
    outcome = RowOutcome(row.outcome)
    tone, icon = LOOKS[outcome]
    return format_html('<span class="state tone-{}">{}{}</span>', tone, draw(icon), outcome.label)
