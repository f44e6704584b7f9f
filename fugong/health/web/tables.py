"""Incidents and signs as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import to_the_minute
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.health.choices import IncidentKind, IncidentState, Sign
from fugong.health.models import Incident, QualitySign
from fugong.health.web.shown import clock_of, sign_status, sign_words, status_of

Choices = Sequence[tuple[str, str | Promise]]


def incidents_table(rows: QuerySet[Incident], request: HttpRequest, *, now: datetime) -> BoundTable[Incident]:
    table = Table[Incident](
        key="incidents",
        label=_("Incidents"),
        columns=[
            Column(
                key="person",
                label=_p("health report", "Person"),
                render="health/parts/incident_cell.html",
                sort=("person__name_pinyin", "-opened_at"),
                heading=True,
            ),
            Column(
                key="kind",
                label=_("Kind"),
                render=lambda row: IncidentKind(row.kind).label,
                sort=("kind", "-opened_at"),
            ),
            Column(
                key="enterprise",
                label=_("Enterprise"),
                render=lambda row: row.enterprise.name if row.enterprise else "",
                sort=("enterprise__name_pinyin", "-opened_at"),
            ),
            Column(key="state", label=_("Status"), render=_status_cell, sort=("state", "-opened_at")),
            Column(key="due", label=_("Clock"), render=lambda row: _clock_cell(row, now)),
            Column(
                key="opened",
                label=_("Opened"),
                render=lambda row: to_the_minute(row.opened_at),
                sort=("opened_at",),
                short=True,
            ),
        ],
        filters=[
            _among("state", _("Status"), IncidentState.choices),
            _among("kind", _("Kind"), IncidentKind.choices),
        ],
        default_sort="-opened",
        empty_title=_("No incident"),
        empty_text=_("A fever or a symptom in a health report opens one at once."),
    )
    return table.bind(rows, request)


def signs_table(rows: QuerySet[QualitySign], request: HttpRequest) -> BoundTable[QualitySign]:
    table = Table[QualitySign](
        key="quality",
        label=_("Data-quality signs"),
        columns=[
            Column(
                key="enterprise",
                label=_("Enterprise"),
                render="health/parts/sign_cell.html",
                sort=("enterprise__name_pinyin", "-day"),
                heading=True,
            ),
            Column(key="sign", label=_p("health", "Sign"), render=_sign_cell, sort=("sign", "-day")),
            Column(
                key="evidence",
                label=_("What it rests on"),
                render=lambda row: sign_words(row.sign, row.number, row.values),
            ),
            Column(
                key="number", label=_("Number"), render=lambda row: row.number, sort=("number",), number=True
            ),
            Column(
                key="day", label=_("Day"), render=lambda row: row.day.isoformat(), sort=("day",), short=True
            ),
        ],
        filters=[_among("sign", _p("health", "Sign"), Sign.choices)],
        default_sort="-day",
        empty_title=_("No sign"),
        empty_text=_("Reports are looked through every night."),
    )
    return table.bind(rows, request)


def _status_cell(row: Incident) -> str:
    return render_to_string("parts/status.html", {"status": status_of(row)})


def _sign_cell(row: QualitySign) -> str:
    return render_to_string("parts/status.html", {"status": sign_status(row.sign)})


def _clock_cell(row: Incident, now: datetime) -> str:
    running = clock_of(row, now=now)
    return render_to_string("parts/clock.html", {"clock": running}) if running else ""


def _among(key: str, label: Promise, choices: Choices) -> Filter[Any]:
    return Filter(
        key=key,
        label=label,
        choices=choices,
        apply=lambda rows, values: rows.filter(**{f"{key}__in": values}),
    )
