"""Gates and devices as tables."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.clock import to_the_minute
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.passage import permissions
from fugong.passage.choices import DeviceKind, Directions, GateKind
from fugong.passage.models import Gate, GateDevice
from fugong.passage.queries.devices import list_devices
from fugong.passage.queries.gates import list_gates, matching
from fugong.passage.web.shown import device_status, gate_status

GATE_COLUMNS = (
    Column[Gate](
        key="name",
        label=_("Gate"),
        render="passage/parts/gate_cell.html",
        export=lambda row: row.name,
        sort=("name", "number"),
        heading=True,
    ),
    Column[Gate](
        key="number",
        label=_p("gate", "No."),
        render=lambda row: row.number,
        sort=("number",),
        number=True,
    ),
    Column[Gate](
        key="kind", label=_("Kind"), render=lambda row: GateKind(row.kind).label, sort=("kind", "name")
    ),
    Column[Gate](
        key="enterprise",
        label=_("Enterprise"),
        render=lambda row: row.enterprise.name if row.enterprise else "",
        sort=("enterprise__name_pinyin", "name"),
    ),
    Column[Gate](key="area", label=_("Area"), render=lambda row: row.area.name, sort=("area__code", "name")),
    Column[Gate](
        key="zone", label=_("Leads into"), render=lambda row: row.zone.name if row.zone else "", wide=True
    ),
    Column[Gate](
        key="directions",
        label=_("Directions"),
        render=lambda row: Directions(row.directions).label,
        wide=True,
    ),
    Column[Gate](key="place", label=_p("gate", "Where"), render=lambda row: row.place, wide=True),
    Column[Gate](
        key="state",
        label=_("Status"),
        render=lambda row: render_to_string("parts/status.html", {"status": gate_status(row)}),
        export=lambda row: gate_status(row).label,
        sort=("closed_at", "name"),
    ),
)
DEVICE_COLUMNS = (
    Column[GateDevice](
        key="label",
        label=_("Device"),
        render="passage/parts/device_cell.html",
        export=lambda row: row.label,
        sort=("label",),
        heading=True,
    ),
    Column[GateDevice](
        key="kind", label=_("Kind"), render=lambda row: DeviceKind(row.kind).label, sort=("kind", "label")
    ),
    Column[GateDevice](
        key="gates", label=_("Stands at no."), render=lambda row: ", ".join(map(str, row.gates)), short=True
    ),
    Column[GateDevice](
        key="enterprise",
        label=_("Enterprise"),
        render=lambda row: row.enterprise.name if row.enterprise else "",
        sort=("enterprise__name_pinyin", "label"),
    ),
    Column[GateDevice](
        key="paired",
        label=_("Paired"),
        render=lambda row: to_the_minute(row.paired_at),
        sort=("paired_at",),
        short=True,
    ),
    Column[GateDevice](
        key="state",
        label=_("Status"),
        render=lambda row: render_to_string("parts/status.html", {"status": device_status(row)}),
        export=lambda row: device_status(row).label,
    ),
)
OPEN_OR_NOT = (("open", _p("gate", "Open")), ("closed", _p("gate", "Closed")))
USED_OR_NOT = (("used", _("In use")), ("ended", _("Out of use")))


def gates_table(request: HttpRequest, actor: Actor, *, export_url: str) -> BoundTable[Gate]:
    table = Table[Gate](
        key="gates",
        label=_("Gates"),
        columns=GATE_COLUMNS,
        filters=[
            _among("kind", _("Kind"), GateKind.choices),
            Filter(key="area", label=_("Area"), choices=_areas(actor), apply=_in_areas),
            Filter(
                key="state", label=_("Status"), choices=OPEN_OR_NOT, apply=_open_or_not("closed_at", "open")
            ),
        ],
        default_sort="state",
        search=matching,
        search_label=_("Name, place, enterprise or number"),
        empty_title=_("No gate yet"),
        empty_text=_("A gate is one lane or door, or a venue with its poster. Open the first one."),
    )
    return table.bind(list_gates(actor), request, export_url=export_url)


def devices_table(request: HttpRequest, actor: Actor) -> BoundTable[GateDevice]:
    table = Table[GateDevice](
        key="devices",
        label=_("Devices at gates"),
        columns=DEVICE_COLUMNS,
        filters=[
            _among("kind", _("Kind"), DeviceKind.choices),
            Filter(
                key="state", label=_("Status"), choices=USED_OR_NOT, apply=_open_or_not("ended_at", "used")
            ),
        ],
        default_sort="label",
        search=lambda rows, text: rows.filter(label__icontains=text),
        search_label=_p("gate", "Name"),
        empty_title=_("No device yet"),
        empty_text=_("Open the page of a gate and name the phone, kiosk or turnstile that stands there."),
    )
    return table.bind(list_devices(actor), request)


def _areas(actor: Actor) -> list[tuple[str, str]]:
    reach = actor.reach(permissions.SEE)
    return [(area.code, area.name) for area in areas.list_areas(actor=actor) if reach.covers(area.id)]


def _in_areas(rows: QuerySet[Gate], codes: list[str]) -> QuerySet[Gate]:
    return rows.filter(area__code__in=codes)


def _open_or_not(field: str, first: str) -> Any:
    def apply(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
        if len(values) != 1:
            return rows
        return rows.filter(**{f"{field}__isnull": values == [first]})

    return apply


def _among(key: str, label: Promise, choices: Any) -> Filter[Any]:
    return Filter(
        key=key,
        label=label,
        choices=choices,
        apply=lambda rows, values: rows.filter(**{f"{key}__in": values}),
    )
