"""The list of difficulties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import local_date
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.support.choices import State
from fugong.support.models import Difficulty
from fugong.support.web.shown import assignee_of, clock_of, status_of

OVERDUE, RUNNING = "overdue", "running"
Choices = Sequence[tuple[str, str | Promise]]


def difficulties_table(
    rows: QuerySet[Difficulty], request: HttpRequest, *, categories: Choices, now: datetime, export_url: str
) -> BoundTable[Difficulty]:
    table = Table[Difficulty](
        key="difficulties",
        label=_("Difficulties"),
        columns=_columns(now),
        filters=[
            _among("state", _("Status"), State.choices),
            _among("category", _("Kind of difficulty"), categories),
            _late(now),
        ],
        default_sort="due",
        search=_matching,
        search_label=_("Title or name of the enterprise"),
        empty_title=_("No difficulty has been raised"),
        empty_text=_("What enterprises ask help with stands here until they say that it is solved."),
    )
    return table.bind(rows, request, export_url=export_url)


def _columns(now: datetime) -> list[Column[Difficulty]]:
    return [
        Column(
            key="title",
            label=_("Difficulty"),
            render="support/parts/title_cell.html",
            sort=("title",),
            export=lambda row: row.title,
            heading=True,
        ),
        Column(
            key="enterprise",
            label=_("Enterprise"),
            render=lambda row: row.enterprise.name,
            sort=("enterprise__name_pinyin", "-raised_at"),
        ),
        Column(
            key="category",
            label=_("Kind of difficulty"),
            render=lambda row: row.category_label,
            sort=("category", "-raised_at"),
        ),
        Column(
            key="state",
            label=_("Status"),
            render=_status_cell,
            sort=("state", "due_at"),
            export=lambda row: status_of(row).label,
        ),
        Column(key="with", label=_("Handled by"), render=assignee_of, wide=True),
        Column(
            key="due",
            label=_("Clock"),
            render=lambda row: _clock_cell(row, now),
            sort=("due_at", "-raised_at"),
            export=lambda row: row.due_at if clock_of(row, now=now) else None,
        ),
        Column(
            key="raised",
            label=_("Raised on"),
            render=lambda row: localtime(row.raised_at).strftime("%Y-%m-%d"),
            sort=("raised_at",),
            export=lambda row: local_date(row.raised_at),
            wide=True,
            short=True,
        ),
    ]


def _status_cell(row: Difficulty) -> str:
    return render_to_string("parts/status.html", {"status": status_of(row)})


def _clock_cell(row: Difficulty, now: datetime) -> str:
    running = clock_of(row, now=now)
    return render_to_string("parts/clock.html", {"clock": running}) if running else ""


def _among(key: str, label: Promise, choices: Choices) -> Filter[Difficulty]:
    return Filter(
        key=key,
        label=label,
        choices=choices,
        apply=lambda rows, values: rows.filter(**{f"{key}__in": values}),
    )


def _late(now: datetime) -> Filter[Difficulty]:
    def apply(rows: QuerySet[Difficulty], values: list[str]) -> QuerySet[Difficulty]:
        wanted = Q()
        if OVERDUE in values:
            wanted |= Q(due_at__lte=now)
        if RUNNING in values:
            wanted |= Q(due_at__gt=now)
        return rows.filter(wanted)

    return Filter(
        key="clock",
        label=_("Clock"),
        choices=[(OVERDUE, _("Overdue")), (RUNNING, _("Still running"))],
        apply=apply,
    )


def _matching(rows: QuerySet[Difficulty], text: str) -> QuerySet[Difficulty]:
    return rows.filter(Q(title__icontains=text) | Q(enterprise__name__icontains=text))
