"""The files as a table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.actor import Actor
from fugong.core.exporting import MAKE, may_export
from fugong.core.regions import region_name
from fugong.core.web.tables import BoundTable, Column, Table
from fugong.people import queries
from fugong.people.models import Person
from fugong.people.models.people import PersonQuerySet
from fugong.people.permissions import SEE

EXPORT_NEEDS = (MAKE, SEE)


def matching_rows(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    assert isinstance(rows, PersonQuerySet)
    return queries.matching(rows, text)


COLUMNS = (
    Column[Person](
        key="name",
        label=_p("person", "Name"),
        render="people/parts/name_cell.html",
        export=lambda row: row.name,
        sort=("name_pinyin",),
        heading=True,
    ),
    Column[Person](
        key="document",
        label=_("Number of the document"),
        render=lambda row: queries.masked_numbers(row).document,
        full=lambda row: str(row.document),
        wide=True,
    ),
    Column[Person](
        key="phone",
        label=_("Telephone"),
        render=lambda row: queries.masked_numbers(row).phone,
        full=lambda row: str(row.phone),
        wide=True,
    ),
    Column[Person](
        key="enterprise",
        label=_("Enterprise"),
        render=lambda row: row.enterprise.name if row.enterprise else "",
        sort=("enterprise__name_pinyin", "name_pinyin"),
    ),
    Column[Person](
        key="home",
        label=_("Home region"),
        render=lambda row: region_name(row.home_region) if row.home_region else "",
        sort=("home_region", "name_pinyin"),
        prose=True,
    ),
    Column[Person](
        key="lodging", label=_("Present lodging"), render=lambda row: row.lodging, wide=True, prose=True
    ),
)
TABLE = Table[Person](
    key="people",
    label=_("People"),
    columns=COLUMNS,
    default_sort="name",
    search=matching_rows,
    search_label=_("Name, pinyin, or the whole number"),
    empty_title=_("No file yet"),
    empty_text=_("Open one for each person who works here."),
    people=True,
    keeps=("enterprise",),
)


def people_table(request: HttpRequest, actor: Actor) -> BoundTable[Person]:
    rows: QuerySet[Any] = queries.list_people(actor)
    asked = _enterprise(request)
    export_url = reverse("people:export") if may_export(actor, EXPORT_NEEDS) else ""
    return TABLE.bind(rows.filter(enterprise_id=asked) if asked else rows, request, export_url=export_url)


def _enterprise(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("enterprise", ""))
    except ValueError:
        return None
