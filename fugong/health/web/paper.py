"""The health card of a person and the daily sheet of an enterprise, to print and as Excel."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import record_export
from fugong.core.punctuation import labelled, listed
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

CARD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Paper:
    """A titled table with a head of terms and a place to sign: the same on paper and in Excel."""

    title: str
    head: Sequence[tuple[str, str]]
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    foot: Sequence[str]


@page(SEE)
def card(request: AskingRequest, person_id: UUID) -> HttpResponse:
    return _printed(request, _card(request, person_id))


@action(SEE, methods=("POST",))
def card_excel(request: AskingRequest, person_id: UUID) -> HttpResponse:
    return _excel(request, _card(request, person_id), "health-card")


@page(SEE)
def sheet(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return _printed(request, _sheet(request, enterprise_id))


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
            (_("Due"), str(found.people)),
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
        widths=[6, 12, 12, 14, 20, 12, 12, 18, 20],
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
    """Prints on A4; the browser saves it as PDF with the fonts of the reader's own machine."""
    values = {"paper": paper, "excel": f"{request.path}excel/", "day": request.GET.get("day", "")}
    return render(request, "health/paper.html", values)


def _excel(request: AskingRequest, paper: Paper, name: str) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        sentence = _("Say what the export is for.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    asked = {"table": name, "format": "xlsx", "rows": len(paper.rows), "of": paper.head[0][1]}
    mark = record_export(asked, reason=reason, actor=request.actor, now=present(), needs=(SEE,))
    response = HttpResponse(_workbook(paper, mark), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _workbook(paper: Paper, mark: str) -> bytes:
    """In the usual layout: a title over all columns, terms below it, a ruled table, places to sign."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet, looks = book.add_worksheet(), _looks(book)
    last = len(paper.columns) - 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, last, paper.title, looks["title"])
    sheet.set_row(0, 30)
    head = "    ".join(labelled(label, value) for label, value in paper.head)
    sheet.merge_range(1, 0, 1, last, head, looks["head"])
    for place, (label, width) in enumerate(zip(paper.columns, paper.widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, label, looks["column"])
    for number, row in enumerate(paper.rows, start=3):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, looks["cell"])
    foot = 3 + len(paper.rows)
    sheet.merge_range(
        foot, 0, foot, last, "            ".join(labelled(label, "") for label in paper.foot), looks["head"]
    )
    sheet.merge_range(foot + 1, 0, foot + 1, last, mark, looks["mark"])
    sheet.repeat_rows(2)
    book.close()
    return file.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    """SimSun and SimHei are on every machine that prints such sheets; others show their own."""
    plain = {"font_name": "SimSun", "font_size": 11, "valign": "vcenter"}
    return {
        "title": book.add_format({**plain, "font_name": "SimHei", "font_size": 18, "align": "center"}),
        "head": book.add_format({**plain, "text_wrap": True}),
        "column": book.add_format({**plain, "bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "cell": book.add_format({**plain, "border": 1, "text_wrap": True}),
        "mark": book.add_format({**plain, "font_size": 8}),
    }


def _day(request: HttpRequest) -> date | None:
    try:
        asked = date.fromisoformat(request.GET.get("day") or request.POST.get("day") or "")
    except ValueError:
        return None
    return asked if asked <= local_date(present()) else None
