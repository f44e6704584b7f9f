"""Visits and passes as tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import to_the_minute
from fugong.core.web.parts import Status
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.passage.choices import PlateKind
from fugong.passage.models import VehiclePass, Visit
from fugong.passage.rules.plates import tidied
from fugong.passage.web.guest_shown import guest_status

STATES = (
    ("now", _p("visit", "Now")),
    ("ahead", _p("visit", "To come")),
    ("over", _p("visit", "Over")),
    ("cancelled", _p("visit", "Called off")),
)


def visits_table(rows: QuerySet[Visit], request: HttpRequest, *, now: datetime) -> BoundTable[Visit]:
    table = Table[Visit](
        key="visits",
        label=_("Visitors"),
        columns=(
            Column(
                key="name",
                label=_("Visitor"),
                render="passage/parts/visit_cell.html",
                sort=("name", "serial"),
                heading=True,
            ),
            Column(
                key="enterprise",
                label=_("Enterprise"),
                render=lambda row: row.enterprise.name,
                sort=("enterprise__name_pinyin", "-starts_at"),
            ),
            Column(key="host", label=_("Visits"), render=lambda row: row.host),
            Column(key="purpose", label=_p("visit", "What for"), render=lambda row: row.purpose, wide=True),
            Column(key="plate", label=_("Plate"), render=lambda row: row.plate, short=True),
            Column(
                key="from",
                label=_p("window", "From"),
                render=lambda row: to_the_minute(row.starts_at),
                sort=("starts_at",),
                short=True,
            ),
            Column(
                key="until",
                label=_p("window", "Until"),
                render=lambda row: to_the_minute(row.ends_at),
                sort=("ends_at",),
                short=True,
            ),
            Column(key="state", label=_("Status"), render=lambda row: _drawn(guest_status(row, now=now))),
        ),
        filters=[Filter(key="state", label=_("Status"), choices=STATES, apply=_by_state(now))],
        default_sort="-from",
        search=_matching_visits,
        search_label=_("Name, host, plate"),
        empty_title=_("No visitor"),
        empty_text=_("Visitors are invited from the page of the enterprise that they visit."),
    )
    return table.bind(rows, request)


def passes_table(
    rows: QuerySet[VehiclePass], request: HttpRequest, *, now: datetime
) -> BoundTable[VehiclePass]:
    table = Table[VehiclePass](
        key="passes",
        label=_("Vehicle passes"),
        columns=(
            Column(
                key="plate",
                label=_("Plate"),
                render="passage/parts/pass_cell.html",
                sort=("plate", "-starts_at"),
                heading=True,
                short=True,
            ),
            Column(key="kind", label=_("Kind"), render=lambda row: PlateKind(row.plate_kind).label),
            Column(
                key="enterprise",
                label=_("Enterprise"),
                render=lambda row: row.enterprise.name if row.enterprise else "",
                sort=("enterprise__name_pinyin", "plate"),
            ),
            Column(key="driver", label=_("Driver"), render=lambda row: row.driver_name, wide=True),
            Column(key="purpose", label=_p("visit", "What for"), render=lambda row: row.purpose, wide=True),
            Column(
                key="from",
                label=_p("window", "From"),
                render=lambda row: to_the_minute(row.starts_at),
                sort=("starts_at",),
                short=True,
            ),
            Column(
                key="until",
                label=_p("window", "Until"),
                render=lambda row: to_the_minute(row.ends_at),
                sort=("ends_at",),
                short=True,
            ),
            Column(key="state", label=_("Status"), render=lambda row: _drawn(guest_status(row, now=now))),
        ),
        filters=[Filter(key="state", label=_("Status"), choices=STATES, apply=_by_state(now))],
        default_sort="-from",
        search=lambda found, text: found.filter(plate__contains=tidied(text)),
        search_label=_("Plate, or some of it"),
        empty_title=_("No vehicle has a pass"),
        empty_text=_("A pass says that a vehicle may go through checkpoints for some days."),
    )
    return table.bind(rows, request)


def _matching_visits(rows: QuerySet[Visit], text: str) -> QuerySet[Visit]:
    found = Q(name__icontains=text) | Q(host__icontains=text)
    return rows.filter(found | Q(plate__contains=tidied(text)) if tidied(text) else found)


def _by_state(now: datetime) -> Any:
    meant = {
        "now": Q(cancelled_at=None, starts_at__lte=now, ends_at__gt=now),
        "ahead": Q(cancelled_at=None, starts_at__gt=now),
        "over": Q(cancelled_at=None, ends_at__lte=now),
        "cancelled": Q(cancelled_at__isnull=False),
    }

    def apply(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
        wanted = Q()
        for value in values:
            wanted |= meant[value]
        return rows.filter(wanted)

    return apply


def _drawn(status: Status) -> str:
    return render_to_string("parts/status.html", {"status": status})
