"""Who is inside an enterprise now, to call them by name when the place has to be left; and its gates' day."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL, to_the_minute
from fugong.core.clock import now as present
from fugong.core.exporting import record_export
from fugong.core.papers import Paper, pdf_of, workbook_of
from fugong.core.refusals import Invalid, NotFound
from fugong.core.web.exports import XLSX
from fugong.core.web.pages import AskingRequest, action, page
from fugong.enterprises import queries as enterprises
from fugong.passage import queries
from fugong.passage.choices import SEE
from fugong.passage.permissions import may_see_at
from fugong.passage.queries import InsideNow
from fugong.passage.web.gate_days import asked_day, bars_of, bounds, day_values, totals

PDF: Final = "application/pdf"


@page(SEE)
def inside(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    place, now = _place(request.actor, enterprise_id), present()
    found = queries.inside_enterprise(enterprise_id, actor=request.actor, now=now)
    values = {"enterprise": place, "found": found, "crews": found.crews, "now": now}
    return render(request, "passage/inside.html", values)


@action(SEE, methods=("POST",))
def inside_pdf(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return pdf_answer(request, _roll(request.actor, enterprise_id, present()), "inside", present())


@action(SEE, methods=("POST",))
def inside_excel(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return excel_answer(request, _roll(request.actor, enterprise_id, present()), "inside", present())


@page(SEE)
def report(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """The day of all gates of the enterprise, hour by hour."""
    place, now = _place(request.actor, enterprise_id), present()
    day = asked_day(request, now)
    values = {"enterprise": place, "gates": _gates(request.actor, enterprise_id, day, now)}
    return render(request, "passage/gate_report.html", values | day_values(day, now))


@action(SEE, methods=("POST",))
def report_excel(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return excel_answer(request, _report(request, enterprise_id), "gate-report", present())


@action(SEE, methods=("POST",))
def report_pdf(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    return pdf_answer(request, _report(request, enterprise_id), "gate-report", present())


def excel_answer(request: AskingRequest, paper: Paper, name: str, now: datetime) -> HttpResponse:
    """The file, recorded in the name of whoever asks. Raises Invalid where it is not said what it is for."""
    mark = _recorded(request, paper, name, "xlsx", now)
    return _file(workbook_of(paper, mark), f"{name}.xlsx", XLSX)


def pdf_answer(request: AskingRequest, paper: Paper, name: str, now: datetime) -> HttpResponse:
    """As `excel_answer`."""
    with transaction.atomic():  # nothing is on record of a file that could not be made
        mark = _recorded(request, paper, name, "pdf", now)
        content = pdf_of(paper, mark, made_at=now)
    return _file(content, f"{name}.pdf", PDF)


def _place(actor: Actor, enterprise_id: UUID) -> Any:
    place = enterprises.get_enterprise(actor, enterprise_id)
    if not may_see_at(actor, area_id=place.area_id, enterprise_id=place.id):
        raise NotFound()
    return place


def _roll(actor: Actor, enterprise_id: UUID, now: datetime) -> Paper:
    place = _place(actor, enterprise_id)
    found = queries.inside_enterprise(enterprise_id, actor=actor, now=now)
    return Paper(
        title=_("Roll of who is inside"),
        head=[
            (_("Enterprise"), place.name),
            (_p("passage", "As of"), to_the_minute(now)),
            (_p("passage", "Inside"), str(found.number)),
            (_("Of these without a known code"), str(found.nameless)),
        ],
        columns=[
            *(_("No."), _("Crew"), _p("person", "Name"), _p("passage", "Works at, or visits")),
            *(_p("passage", "In since"), _p("passage", "Gate"), _p("passage", "Present")),
        ],
        widths=[6, 16, 16, 26, 14, 18, 10],
        rows=_roll_rows(found),
        foot=[_p("passage", "Called by"), _p("passage", "Counted"), _p("passage", "Time")],
    )


def _roll_rows(found: InsideNow) -> list[list[str]]:
    return [
        [
            str(number),
            each.crew,
            each.name or _("no longer on file"),
            each.place,
            f"{each.since.astimezone(LOCAL):%m-%d %H:%M}" + (" ?" if each.is_doubtful else ""),
            each.gate.name,
            "",
        ]
        for number, each in enumerate(found.people, start=1)
    ]


def _gates(actor: Actor, enterprise_id: UUID, day: Any, now: datetime) -> list[dict[str, Any]]:
    since, until = bounds(day)
    known = queries.gates_of_enterprise(actor.authority_id, enterprise_id, on=day)
    hours = queries.hours_of(list(known), since=since, until=until, authority_id=actor.authority_id)
    return [
        {
            "gate": gate,
            "totals": totals(hours.get(number, [])),
            "bars": bars_of(hours.get(number, [])),
        }
        for number, gate in known.items()
    ]


def _report(request: AskingRequest, enterprise_id: UUID) -> Paper:
    place, now = _place(request.actor, enterprise_id), present()
    day = asked_day(request, now)
    gates = _gates(request.actor, enterprise_id, day, now)
    return Paper(
        title=_("Daily gate report"),
        head=[(_("Enterprise"), place.name), (_("Day"), day.isoformat())],
        columns=[
            *(_p("passage", "Gate"), _p("passage", "Hour"), _p("passage", "In"), _p("passage", "Out")),
            *(_p("passage", "Asked"), _p("passage", "Refused")),
        ],
        widths=[24, 14, 10, 10, 10, 10],
        rows=[row for each in gates for row in _report_rows(each)],
        foot=[_p("passage", "Head of the gate"), _("Head of the enterprise"), _("Day")],
    )


def _report_rows(each: dict[str, Any]) -> list[list[str]]:
    """The hours in which something was scanned, and the gate's day in one line."""
    name, whole = each["gate"].name, each["totals"]
    rows = [
        [name, f"{bar.hour:02}:00", str(bar.came), str(bar.went), str(bar.asked), str(bar.refused)]
        for bar in each["bars"]
        if bar.through or bar.stopped
    ]
    sums = [str(whole[key]) for key in ("came", "went", "asked", "refused")]
    return [*rows, [name, _p("passage", "The day"), *sums]]


def _recorded(request: AskingRequest, paper: Paper, name: str, form: str, now: datetime) -> str:
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        sentence = _("Say what the export is for.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    asked = {"table": name, "format": form, "rows": len(paper.rows), "of": paper.head[0][1]}
    return record_export(asked, reason=reason, actor=request.actor, now=now, needs=(SEE,))


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
