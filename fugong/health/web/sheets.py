"""The crew's sheet: one leader, thirty people, only exceptions typed. For an official and for a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action
from fugong.enterprises import queries as enterprises
from fugong.health import operations, queries
from fugong.health.choices import REPORT_FOR, Place, Reading
from fugong.health.operations import CrewSheet, ReportData, SheetRefused, SheetRow
from fugong.health.permissions import may_at
from fugong.health.rules.problems import Problem
from fugong.people import queries as people
from fugong.people.queries import AtWork
from fugong.people.web.own import WorkerRequest, worker_action


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the sheet, with what was typed and what is wrong with it."""

    person: AtWork
    temperature: str = ""
    is_skipped: bool = False
    symptoms: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)


@action()
def sheet(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Of one crew (`?crew=`), or of the whole enterprise. Whoever leads a crew sees that one."""
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    led = people.crews_led_by(request.actor).get(enterprise_id, frozenset())
    everybody = may_at(request.actor, place, REPORT_FOR)
    if not everybody and not led:
        raise NotPermitted()
    asked = request.GET.get("crew")
    staff = [
        person
        for person in people.staff_of(enterprise_id, actor=request.actor)
        if (everybody or person.crew in led) and (asked is None or person.crew == asked)
    ]
    values = {"enterprise": place, "crew": asked or "", "back": request.get_full_path()}
    return _answered(request, staff, "health/sheet.html", values, request.actor)


@worker_action
def own_sheet(request: WorkerRequest) -> HttpResponse:
    """Of the crews that the worker on this phone leads."""
    led = people.crews_led_by(request.actor)
    if not led:
        raise NotPermitted(_("You lead no crew."))
    staff = [
        person
        for enterprise_id, crews in led.items()
        for person in people.staff_of(enterprise_id, actor=request.actor)
        if person.crew in crews
    ]
    return _answered(request, staff, "health/own/sheet.html", {}, request.actor)


def _answered(
    request: HttpRequest, staff: list[AtWork], template: str, values: dict[str, object], actor: Actor
) -> HttpResponse:
    now = present()
    day, terms = local_date(now), queries.get_terms(local_date(now))
    reported = queries.latest_of_day([person.person_id for person in staff], day, actor=actor)
    open_lines = [Line(person) for person in staff if person.person_id not in reported]
    status = 200
    if request.method == "POST":
        open_lines = [_read(line.person, request.POST) for line in open_lines]
        rows = [_row(line, day) for line in open_lines if not line.is_skipped]
        try:
            kept = operations.report_crew(CrewSheet(day, rows), actor=actor, now=now)
        except SheetRefused as refusal:
            open_lines, status = _marked(open_lines, refusal.rows), 422
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request,
                ngettext("%(number)s person is reported.", "%(number)s people are reported.", len(kept))
                % {"number": len(kept)},
            )
            return redirect(request.get_full_path())
    values |= {
        "lines": open_lines,
        "done": len(reported),
        "day": day,
        "symptoms": terms.symptoms(),
        "limit": terms.health.temperature.limit,
    }
    return render(request, template, values, status=status)


def _read(person: AtWork, sent: QueryDict) -> Line:
    key = person.person_id.hex
    return Line(
        person,
        temperature=sent.get(f"t-{key}", "").strip(),
        is_skipped=f"skip-{key}" in sent,
        symptoms=tuple(sent.getlist(f"s-{key}")),
    )


def _row(line: Line, day: date) -> SheetRow:
    """What is left empty was seen to be normal: no number is made up for it."""
    reading = Reading.VALUE if line.temperature else Reading.BELOW
    data = ReportData(
        day=day,
        temperature=line.temperature,
        reading=reading,
        symptoms=line.symptoms,
        place=Place.WORK,
    )
    return SheetRow(line.person.person_id, data)


def _marked(lines: list[Line], wrong: object) -> list[Line]:
    assert isinstance(wrong, dict)
    found: dict[UUID, dict[str, Problem]] = wrong
    return [
        Line(
            line.person,
            line.temperature,
            line.is_skipped,
            line.symptoms,
            [str(problem.sentence) for problem in found.get(line.person.person_id, {}).values()],
        )
        for line in lines
    ]
