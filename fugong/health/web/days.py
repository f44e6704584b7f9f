"""An enterprise's day, and reports given for people who cannot do it themselves."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.parts import clock
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.enterprises import queries as enterprises
from fugong.health import operations, queries
from fugong.health.choices import REPORT_FOR, SEE, Way
from fugong.health.permissions import may_at, may_keep_kiosks
from fugong.health.web.forms import ReportForm
from fugong.health.web.shown import report_status, words_of
from fugong.people import queries as people

FIRST_DAY = date(2000, 1, 1)


@page(SEE)
def day(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Who has not reported, crew by crew, before the deadline. Renews itself while it is looked at."""
    actor, now = request.actor, present()
    shown = asked_day(request) or local_date(now)
    place = enterprises.get_enterprise(actor, enterprise_id)
    found = queries.day_of_enterprise(enterprise_id, shown, actor=actor)
    terms = queries.find_terms(shown)
    is_today = shown == local_date(now)
    values = {
        "enterprise": place,
        "day": shown,
        "found": found,
        "crews": [_crew(crew, terms) for crew in found.crews],
        "clock": clock(found.due_at, now=now) if found.due_at and found.missing and is_today else None,
        "is_today": is_today,
        "before": shown - timedelta(days=1),
        "after": None if is_today else shown + timedelta(days=1),
        "may_kiosks": may_keep_kiosks(actor, place),
        "may_report": is_today and may_at(actor, place, REPORT_FOR),
    }
    return render_page(request, "health/day.html", values, part="day-live")


@action(REPORT_FOR)
def report_for(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """For somebody who has no phone, or cannot do it."""
    person, now = people.get_person(request.actor, person_id), present()
    terms = queries.get_terms(local_date(now))
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        symptoms=terms.symptoms(),
        today=local_date(now),
        days=terms.health.window.days_late,
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.report(person_id, form.data_given(), way=Way.PROXY, actor=request.actor, now=now)
            messages.success(request, _("Reported for %(name)s.") % {"name": person.name})
            if person.enterprise_id:
                return redirect("health:day", person.enterprise_id)
            return redirect("people:detail", person_id)
    values = {"form": form, "person": person}
    return render(request, "health/report_for.html", values, status=422 if form.errors else 200)


def _crew(crew: queries.CrewDay, terms: queries.Terms | None) -> dict[str, object]:
    return {
        "name": crew.name,
        "people": crew.expected,
        "reported": crew.reported,
        "missing": [line.person for line in crew.missing],
        "alarming": [
            (line.person, report_status(line.report), words_of(line.report, terms))
            for line in crew.alarming
            if line.report
        ],
    }


def asked_day(request: HttpRequest) -> date | None:
    """None for what is no day, or one that has not begun."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    return asked if FIRST_DAY <= asked <= local_date(present()) else None
