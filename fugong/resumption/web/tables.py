"""The lists of resumption as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fugong.core.punctuation import labelled, listed
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.resumption.choices import ApplicationState, Implausible, Purpose, StepState
from fugong.resumption.models import Application, ProductionReport, Step
from fugong.resumption.rules.planning import LAST
from fugong.resumption.web.shown import clock_of, moment, status_of

OVERDUE = "overdue"
LISTS = {"mine": _("Waiting for you"), "ready": _("Ready to be decided")}


def applications_table(
    rows: QuerySet[Application],
    request: HttpRequest,
    *,
    now: datetime,
    steps: Sequence[tuple[str, str]],
    show: str,
    export_url: str = "",
) -> BoundTable[Application]:
    """A queue is oldest first: whoever came first is served first. `steps` are those to choose from.

    `show` is which of the page's lists the rows are.
    """
    table = Table[Application](
        key="applications",
        label=_("Applications"),
        columns=_application_columns(now),
        filters=[
            Filter(
                key="state",
                label=_("State"),
                choices=ApplicationState.choices,
                apply=lambda rows, values: rows.filter(state__in=values),
            ),
            Filter(key="step", label=_("Step"), choices=steps, apply=_waiting_for),
            Filter(
                key="clock",
                label=_("Clock"),
                choices=[(OVERDUE, _("Overdue"))],
                apply=lambda rows, _values: _overdue(rows, now),
            ),
        ],
        default_sort="-submitted" if show == "all" else "submitted",
        keeps=("show",),
        scope=LISTS.get(show, ""),
        search=lambda rows, text: rows.filter(
            Q(number__icontains=text) | Q(enterprise__name__icontains=text)
        ),
        search_label=_("Number or name of the enterprise"),
        empty_title=_("No application"),
        empty_text=_("What enterprises submit stands here."),
    )
    open_steps = Step.objects.filter(state=StepState.OPEN).order_by("position")
    rows = rows.prefetch_related(Prefetch("steps", open_steps, to_attr="open_steps"))
    return table.bind(rows, request, export_url=export_url)


def _overdue(rows: QuerySet[Application], now: datetime) -> QuerySet[Application]:
    """Itself, or an opinion with a shorter clock of its own."""
    steps = Step.objects.filter(application_id=OuterRef("pk"), state=StepState.OPEN, due_at__lte=now)
    return rows.filter(Q(due_at__lte=now) | Exists(steps), state=ApplicationState.SUBMITTED)


def _waiting_for(rows: QuerySet[Application], names: list[str]) -> QuerySet[Application]:
    found = Step.objects.filter(application_id=OuterRef("pk"), state=StepState.OPEN, name_zh__in=names)
    return rows.filter(Exists(found))


def _application_columns(now: datetime) -> list[Column[Application]]:
    return [
        Column(
            key="enterprise",
            label=_("Enterprise"),
            render=_link,
            sort=("enterprise__name_pinyin",),
            export=lambda row: row.enterprise.name,
            heading=True,
        ),
        Column(key="number", label=_("Number"), render=lambda row: row.number, sort=("number",), short=True),
        Column(key="purpose", label=_("Purpose"), render=lambda row: Purpose(row.purpose).label, wide=True),
        Column(
            key="state",
            label=_("State"),
            render=lambda row: render_to_string("parts/status.html", {"status": status_of(row)}),
            sort=("state", "submitted_at"),
            export=lambda row: str(status_of(row).label),
        ),
        Column(
            key="step",
            label=_("Step"),
            render=lambda row: listed(step.name for step in row.open_steps),  # type: ignore[attr-defined]
            wide=True,
        ),
        Column(
            key="clock",
            label=_("Clock"),
            render=lambda row: _clock(row, now),
            sort=("due_at",),
            export=lambda row: row.due_at if clock_of(row, now=now) else None,
        ),
        Column(
            key="priority",
            label=_("Priority"),
            render=lambda row: row.priority_rank if 0 < row.priority_rank < LAST else "",
            sort=("priority_rank", "submitted_at"),
            number=True,
            wide=True,
        ),
        Column(
            key="submitted",
            label=_("Submitted"),
            render=lambda row: moment(row.submitted_at),
            sort=("submitted_at",),
            export=lambda row: row.submitted_at,
            short=True,
        ),
    ]


def reports_table(
    rows: QuerySet[ProductionReport], request: HttpRequest, *, day: date, export_url: str
) -> BoundTable[ProductionReport]:
    table = Table[ProductionReport](
        key="reports",
        label=_("Production reports"),
        columns=[
            Column(
                key="enterprise",
                label=_("Enterprise"),
                render=_report_link,
                sort=("enterprise__name_pinyin",),
                export=lambda row: row.enterprise.name,
                heading=True,
            ),
            Column(
                key="on_post",
                label=_("People on post"),
                render=lambda row: row.on_post,
                sort=("on_post",),
                number=True,
            ),
            Column(
                key="capacity",
                label=_("Output in percent of normal"),
                render=lambda row: row.capacity_percent,
                sort=("capacity_percent",),
                number=True,
            ),
            Column(key="needs", label=_("What is needed"), render=lambda row: row.needs, wide=True),
            Column(key="findings", label=_("Looks odd"), render=_odd),
            Column(key="at", label=_("Reported at"), render=_reported, sort=("at",), wide=True, short=True),
        ],
        default_sort="enterprise",
        keeps=("day", "show"),
        scope=labelled(_("Day"), day),
        search=lambda rows, text: rows.filter(enterprise__name__icontains=text),
        search_label=_("Name of the enterprise"),
        empty_title=_("Nobody has reported for this day yet"),
    )
    return table.bind(rows, request, export_url=export_url)


def not_reported_table(
    rows: QuerySet[Any], request: HttpRequest, *, day: date, export_url: str
) -> BoundTable[Any]:
    table = Table[Any](
        key="not-reported",
        label=_("Not reported"),
        columns=[
            Column(
                key="enterprise",
                label=_("Enterprise"),
                render=lambda row: format_html(
                    '<a href="{}">{}</a>', reverse("enterprises:detail", args=[row.id]), row.name
                ),
                sort=("name_pinyin",),
                export=lambda row: row.name,
                heading=True,
            ),
            Column(key="area", label=_("Park"), render=lambda row: row.area.name, sort=("area__code",)),
            Column(key="contact", label=_("Contact"), render=lambda row: row.contact_name),
        ],
        default_sort="enterprise",
        keeps=("day", "show"),
        scope=labelled(_("Day"), day),
        search=lambda rows, text: rows.filter(name__icontains=text),
        search_label=_("Name of the enterprise"),
        empty_title=_("Everybody has reported for this day"),
    )
    return table.bind(rows, request, export_url=export_url)


def _matching(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    return rows.filter(Q(number__icontains=text) | Q(enterprise__name__icontains=text))


def _link(row: Application) -> str:
    return format_html(
        '<a href="{}">{}</a>', reverse("resumption:application", args=[row.id]), row.enterprise.name
    )


def _report_link(row: ProductionReport) -> str:
    return format_html(
        '<a href="{}">{}</a>', reverse("enterprises:detail", args=[row.enterprise_id]), row.enterprise.name
    )


def _clock(row: Application, now: datetime) -> str:
    running = clock_of(row, now=now)
    return render_to_string("parts/clock.html", {"clock": running}) if running else ""


def _odd(row: ProductionReport) -> str:
    return " · ".join(str(Implausible(finding).label) for finding in row.findings)


def _reported(row: ProductionReport) -> str:
    late = f" {_('late')}" if row.is_late else ""
    corrected = f" {_('corrected')}" if row.revision > 1 else ""
    return f"{moment(row.at)}{late}{corrected}"
