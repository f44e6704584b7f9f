"""Planned returns as a table."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.actor import Actor
from fugong.core.regions import region_name
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.people.choices import Transport
from fugong.returns import queries
from fugong.returns.choices import Outcome, Place, State
from fugong.returns.models import PlannedReturn, PlannedReturnQuerySet
from fugong.returns.web.shown import apart_of, state_status

COLUMNS = (
    Column[PlannedReturn](
        key="person",
        label=_p("person", "Name"),
        render="returns/parts/name_cell.html",
        export=lambda row: row.person.name,
        heading=True,
    ),
    Column[PlannedReturn](
        key="enterprise",
        label=_("Enterprise"),
        render=lambda row: row.enterprise.name,
        sort=("enterprise__name_pinyin", "arrives_on", "id"),
    ),
    Column[PlannedReturn](
        key="arrives",
        label=_("Arrives on"),
        render=lambda row: row.arrives_on.isoformat(),
        sort=("arrives_on", "id"),
        export=lambda row: row.arrives_on,
        short=True,
    ),
    Column[PlannedReturn](key="from", label=_("From where"), render=lambda row: region_name(row.from_region)),
    Column[PlannedReturn](
        key="way",
        label=_("Transport"),
        render=lambda row: f"{Transport(row.transport).label if row.transport else ''} {row.number}".strip(),
        wide=True,
    ),
    Column[PlannedReturn](
        key="state",
        label=_("Status"),
        render=lambda row: render_to_string(
            "returns/parts/state_cell.html", {"row": row, "status": state_status(row)}
        ),
        export=lambda row: state_status(row).label,
    ),
    Column[PlannedReturn](key="apart", label=_("Kept apart"), render=apart_of, wide=True),
)


def returns_table(request: HttpRequest, actor: Actor, *, export_url: str) -> BoundTable[PlannedReturn]:
    def search(rows: QuerySet[PlannedReturn], text: str) -> QuerySet[PlannedReturn]:
        assert isinstance(rows, PlannedReturnQuerySet)
        return queries.matching(rows, text, actor=actor)

    day = _day(request.GET.get("day", ""))
    table = Table[PlannedReturn](
        key="returns",
        label=_("Returns"),
        columns=COLUMNS,
        filters=FILTERS,
        default_sort="arrives",
        search=search,
        search_label=_("Name, pinyin, or the number of the train"),
        keeps=("day",) if day else (),
        scope=day.isoformat() if day else "",
        empty_title=_("No return is planned"),
        empty_text=_("Plan one from the file of the person who comes back."),
    )
    rows = queries.list_returns(actor)
    return table.bind(rows.filter(arrives_on=day) if day else rows, request, export_url=export_url)


def _changed(rows: QuerySet[PlannedReturn], values: list[str]) -> QuerySet[PlannedReturn]:
    return rows.filter(changed_at__isnull=False) if values else rows


def _outcome(rows: QuerySet[PlannedReturn], values: list[str]) -> QuerySet[PlannedReturn]:
    return rows.filter(Q(outcome__in=values))


FILTERS = (
    Filter[PlannedReturn](
        key="state",
        label=_("Status"),
        choices=State.choices,
        apply=lambda rows, values: rows.filter(state__in=values),
    ),
    Filter[PlannedReturn](key="outcome", label=_("Decision"), choices=Outcome.choices, apply=_outcome),
    Filter[PlannedReturn](
        key="place",
        label=_("Kept apart"),
        choices=Place.choices,
        apply=lambda rows, values: rows.filter(apart_place__in=values),
    ),
    Filter[PlannedReturn](
        key="changed", label=_("Changed"), choices=[("yes", _("Decided otherwise since"))], apply=_changed
    ),
)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
