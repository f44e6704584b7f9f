from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.clearance.queries import clearance_of
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.health import operations, permissions, queries
from fugong.health.choices import HANDLE, SEE, IncidentState
from fugong.health.models import Incident
from fugong.health.web import shown
from fugong.health.web.forms import CloseForm, LookAfterForm, NotifyForm
from fugong.health.web.panel import live_values
from fugong.health.web.tables import incidents_table
from fugong.people import queries as people

Act = Callable[[datetime], Incident]


@page(SEE)
def listing(request: AskingRequest) -> HttpResponse:
    table = incidents_table(queries.list_incidents(request.actor), request, now=present())
    return render_page(request, "health/incidents.html", table=table)


@page(SEE)
def live(request: AskingRequest) -> HttpResponse:
    """Asked again and again by the panel: an empty answer when nothing has happened since."""
    values = live_values(request.actor, now=present())
    if request.GET.get("seen") == values["seen"]:
        return HttpResponse(status=204)
    return render(request, "health/parts/live.html", {"panel": values})


@page(SEE)
def detail(request: AskingRequest, incident_id: UUID) -> HttpResponse:
    incident, now = queries.get_incident(incident_id, actor=request.actor), present()
    terms = queries.find_terms(local_date(incident.opened_at))
    may_handle = permissions.may_handle(request.actor, incident.enterprise)
    is_open = incident.state != IncidentState.CLOSED
    values = {
        "incident": incident,
        "title": shown.title_of(incident),
        "status": shown.status_of(incident),
        "clock": shown.clock_of(incident, now=now),
        "terms": shown.terms_of(incident, terms),
        "steps": shown.steps_of(queries.list_events(incident), terms),
        "why": shown.why_of(
            queries.latest_decisions([incident]).get(incident.id),
            terms.playbook if terms else None,
            is_open=True,
        ),
        "clearance": clearance_of(incident.person_id, now=now),
        "may_handle": may_handle and is_open,
    }
    return render(request, "health/incident.html", values)


@action(HANDLE)
def look_after(request: AskingRequest, incident_id: UUID) -> HttpResponse:
    form = LookAfterForm(request.POST if request.method == "POST" else None)

    def act(now: datetime) -> Incident:
        given = form.cleaned_data
        return operations.look_after(
            incident_id, given["measure"], given["note"], actor=request.actor, now=now
        )

    return _answered(request, incident_id, form, act, (_("Look after the person"), _("It is on record.")))


@action(HANDLE)
def close(request: AskingRequest, incident_id: UUID) -> HttpResponse:
    form = CloseForm(request.POST if request.method == "POST" else None)

    def act(now: datetime) -> Incident:
        given = form.cleaned_data
        return operations.close(incident_id, given["outcome"], given["note"], actor=request.actor, now=now)

    return _answered(request, incident_id, form, act, (_("Close the incident"), _("The incident is closed.")))


@action(HANDLE)
def notify(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """What a hospital or another district has told about somebody."""
    person = people.get_person(request.actor, person_id)
    form = NotifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            source = form.cleaned_data["source"]
            incident = operations.notify(person_id, source, actor=request.actor, now=present())
            messages.success(request, _("The incident is opened."))
            return redirect("health:incident", incident.id)
    values = {"form": form, "person": person}
    return render(request, "health/notify.html", values, status=422 if form.errors else 200)


def _answered(
    request: AskingRequest, incident_id: UUID, form: forms.Form, act: Act, words: tuple[str, str]
) -> HttpResponse:
    incident = queries.get_incident(incident_id, actor=request.actor)
    if not permissions.may_handle(request.actor, incident.enterprise):
        raise NotPermitted()
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            act(present())
            messages.success(request, words[1])
            return redirect("health:incident", incident_id)
    values = {
        "form": form,
        "incident": incident,
        "person_title": shown.title_of(incident),
        "title": words[0],
    }
    return render(request, "health/act.html", values, status=422 if form.errors else 200)
