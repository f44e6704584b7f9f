"""The health card of a person and the daily sheet of an enterprise: to print, as PDF and as Excel."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import record_export
from fugong.core.papers import Paper, pdf_of, workbook_of
from fugong.core.punctuation import listed
from fugong.core.refusals import Invalid, NotPermitted
from fugong.core.web.exports import XLSX
from fugong.core.web.pages import AskingRequest, action, page
from fugong.enterprises import queries as enterprises
from fugong.health import queries
from fugong.health.choices import SEE, Place
from fugong.health.models import HealthReport
from fugong.health.permissions import may_at
from fugong.health.queries import Terms
from fugong.health.web.shown import temperature_of, way_of
from fugong.people import queries as people

CARD_DAYS: Final = 14
PDF: Final = "application/pdf"


@page(SEE)
def card(request: AskingRequest, person_id: UUID) -> HttpResponse:
    return _printed(request, _card(request, person_id))


@action(SEE, methods=("POST",))
def card_pdf(request: AskingRequest, person_id: UUID) -> HttpResponse:
    return _pdf(request, _card(request, person_id), "health-card")


@action(SEE, methods=("POST",))
def card_excel(request: AskingRequest, person_id: UUID) -> HttpResponse:
    return _excel(request, _card(request, person_id), "health-card")


@page(SEE)
def sheet(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return _printed(request, _sheet(request, enterprise_id))


@action(SEE, methods=("POST",))
def sheet_pdf(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return _pdf(request, _sheet(request, enterprise_id), "health-sheet")


@action(SEE, methods=("POST",))
def sheet_excel(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return _excel(request, _sheet(request, enterprise_id), "health-sheet")


def _card(request: AskingRequest, person_id: UUID) -> Paper:
    """Fourteen days, a line for each, also for those of which nothing was said."""
    person = people.get_person(request.actor, person_id)
    if not may_at(request.actor, person.enterprise, SEE):
        raise NotPermitted()
    today = local_date(present())
    since = today - timedelta(days=CARD_DAYS - 1)
    rows = queries.history_of(person_id, since=since, until=today, actor=request.actor)
    latest = {row.day: row for row in reversed(rows)}
    terms = queries.find_terms(today)
    numbers = people.masked_numbers(person)
    return Paper(
        title=_("Health management card"),
        head=[
            (_p("health report", "Person"), person.name),
            (_("Number of the document"), numbers.document),
            (_("Telephone"), numbers.phone),
            (_("Enterprise"), person.enterprise.name if person.enterprise else ""),
            (_("Present lodging"), person.lodging),
        ],
        columns=[
            _("Day"),
            _("Temperature (°C)"),
            _("Symptoms"),
            _("Where"),
            _p("health report", "Reported at"),
            _p("health report", "By"),
            _("Note"),
        ],
        widths=[12, 14, 22, 12, 14, 20, 24],
        rows=[
            [day.isoformat(), *_cells(latest.get(day), terms)]
            for day in (since + timedelta(days=number) for number in range(CARD_DAYS))
        ],
        foot=[_("Signed by the person"), _("Checked by the enterprise"), _("Day")],
    )


def _sheet(request: AskingRequest, enterprise_id: UUID) -> Paper:
    """Everybody who works there, crew by crew, also who has not reported."""
    actor, today = request.actor, local_date(present())
    day = _day(request) or today
    place = enterprises.get_enterprise(actor, enterprise_id)
    found = queries.day_of_enterprise(enterprise_id, day, actor=actor)
    terms = queries.find_terms(day)
    lines = [(crew.name, line) for crew in found.crews for line in crew.lines]
    return Paper(
        title=_("Daily health sheet"),
        head=[
            (_("Enterprise"), place.name),
            (_("Day"), day.isoformat()),
            (_("Due"), str(found.expected)),
            (_p("health report", "Have reported"), str(found.reported)),
            (_("Fever or symptom"), str(sum(len(crew.alarming) for crew in found.crews))),
        ],
        columns=[
            *(_("No."), _("Crew"), _p("health report", "Person")),
            *(
                _("Temperature (°C)"),
                _("Symptoms"),
                _("Where"),
                _p("health report", "Reported at"),
                _p("health report", "By"),
                _("Note"),
            ),
        ],
        widths=[6, 12, 14, 14, 18, 12, 13, 16, 21],
        rows=[
            [str(number), crew, line.person.name, *_cells(line.report, terms)]
            for number, (crew, line) in enumerate(lines, start=1)
        ],
        foot=[_("Filled in by"), _("Head of the enterprise"), _("Day")],
    )


def _cells(report: HealthReport | None, terms: Terms | None) -> list[str]:
    if report is None:
        return [_("not reported"), "", "", "", "", ""]
    names = terms.symptom_names(report.symptoms) if terms else report.symptoms
    said_at = localtime(report.reported_at)
    return [
        temperature_of(report).removesuffix(" °C"),
        listed(names) if names else _("none"),
        str(Place(report.place).label),
        f"{said_at:%m-%d %H:%M}" + (_(" (late)") if report.is_late else ""),
        way_of(report),
        (_("corrected") + " " if report.revision > 1 else "") + report.note,
    ]


def _printed(request: AskingRequest, paper: Paper) -> HttpResponse:
    """On A4 by the browser, with the fonts of the reader's own machine; or taken out as a file."""
    rows = [list(zip(paper.columns, row, strict=True)) for row in paper.rows]
    values = {"paper": paper, "rows": rows, "pdf": f"{request.path}pdf/", "excel": f"{request.path}excel/"}
    return render(request, "health/paper.html", values | {"day": request.GET.get("day", "")})


def _pdf(request: AskingRequest, paper: Paper, name: str) -> HttpResponse:
    now = present()
    with transaction.atomic():  # nothing is on record of a file that could not be made
        mark = _recorded(request, paper, f"{name}.pdf", now)
        content = pdf_of(paper, mark, made_at=now)
    return _file(content, f"{name}.pdf", PDF)


def _excel(request: AskingRequest, paper: Paper, name: str) -> HttpResponse:
    mark = _recorded(request, paper, f"{name}.xlsx", present())
    return _file(workbook_of(paper, mark), f"{name}.xlsx", XLSX)


def _recorded(request: AskingRequest, paper: Paper, name: str, now: datetime) -> str:
    """The mark that the file carries. Raises `Invalid` where it is not said what the file is for."""
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        sentence = _("Say what the export is for.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    table, _dot, form = name.rpartition(".")
    asked = {"table": table, "format": form, "rows": len(paper.rows), "of": paper.head[0][1]}
    return record_export(asked, reason=reason, actor=request.actor, now=now, needs=(SEE,))


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _day(request: HttpRequest) -> date | None:
    try:
        asked = date.fromisoformat(request.GET.get("day") or request.POST.get("day") or "")
    except ValueError:
        return None
    return asked if asked <= local_date(present()) else None
