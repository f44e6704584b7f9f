"""Bulletins as a table."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fugong.command.models import Bulletin
from fugong.command.web.shown import day_text, in_reading_language, status_of
from fugong.core.web.tables import BoundTable, Column, Table

BULLETINS = Table[Bulletin](
    key="bulletins",
    label=_("Bulletins"),
    columns=(
        Column(
            key="number",
            label=_("Number"),
            render="command/parts/number_cell.html",
            sort=("number",),
            export=lambda row: row.number,
            heading=True,
        ),
        Column(key="title", label=_("Title"), render=lambda row: in_reading_language(row.title)),
        Column(key="as_of", label=_("As of"), render=day_text, sort=("as_of",)),
        Column(
            key="state",
            label=_("State"),
            render="command/parts/state_cell.html",
            export=lambda row: status_of(row).label,
        ),
        Column(key="by", label=_("Composed by"), render=lambda row: row.composed_by_name, wide=True),
    ),
    default_sort="-as_of",
    empty_title=_("No bulletin yet"),
    empty_text=_("A bulletin is composed for a day and published by a second person."),
)


def bulletins_table(
    rows: QuerySet[Bulletin], request: HttpRequest, *, export_url: str
) -> BoundTable[Bulletin]:
    return BULLETINS.bind(rows, request, export_url=export_url)
