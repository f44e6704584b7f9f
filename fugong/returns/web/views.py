from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.decisions.recording import list_decisions
from fugong.core.exporting import MAKE, may_export
from fugong.core.refusals import Conflict
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.people import queries as people
from fugong.returns import operations, permissions, queries
from fugong.returns.choices import Place, State
from fugong.returns.models import PlannedReturn
from fugong.returns.web import shown
from fugong.returns.web.forms import ArriveForm, CancelForm, ReturnForm, initial_of
from fugong.returns.web.tables import returns_table

DAYS = 21
Act = Callable[[datetime], Any]


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    return render_page(request, "returns/list.html", {}, table=_table(request))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    return answer_export(request, _table(request), now=present(), needs=(MAKE, permissions.SEE))


def _table(request: AskingRequest) -> BoundTable[PlannedReturn]:
    url = reverse("returns:export") if may_export(request.actor) else ""
    return returns_table(request, request.actor, export_url=url)


@page(permissions.SEE)
def forecast(request: AskingRequest) -> HttpResponse:
    days = queries.forecast(request.actor, first=local_date(present()), days=DAYS)
    rows = shown.days_shown(days, reverse("returns:list"))
    values = {
        "days": rows,
        "places": [place.label for place in Place],
        "most": max((row.total for row in rows), default=0),
        "is_empty": not any(row.total or row.expected or row.asked or row.not_allowed for row in rows),
    }
    return render(request, "returns/forecast.html", values)


@page(permissions.SEE)
def detail(request: AskingRequest, return_id: UUID) -> HttpResponse:
    row = queries.get_return(return_id, actor=request.actor)
    records = list_decisions(row)
    values = {
        "row": row,
        "status": shown.state_status(row),
        "outcome": shown.outcome_status(row),
        "terms": shown.terms_of(row),
        "why": shown.why_of(records),
        "earlier": [shown.why_of([record], is_open=False) for record in reversed(records[:-1])],
        "may_act": shown.ways_of(row, request.actor),
        "is_refused": row.state == State.NOT_ALLOWED,
    }
    return render(request, "returns/detail.html", values)


@action(permissions.PLAN)
def plan(request: AskingRequest, person_id: UUID) -> HttpResponse:
    actor = request.actor
    person = people.get_person(actor, person_id)
    if person.enterprise is None:
        raise Conflict(_("This person is not employed anywhere."), code="not_employed")
    permissions.check_may_plan(actor, person.enterprise.id, person.enterprise.area_id)
    standing = queries.find_open_of(person_id, actor=actor)
    if standing is not None and request.method != "POST":
        return redirect("returns:detail", standing.id)
    form = ReturnForm(request.POST or None, initial={"arrives_on": local_date(present())})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            row = operations.plan(person_id, form.plan(), actor=actor, now=present())
            say = messages.success if row.state == State.PLANNED else messages.warning
            say(request, _("The return is planned: %(outcome)s.") % _outcome(row))
            return redirect("returns:detail", row.id)
    values = {"form": form, "person": person}
    return render(request, "returns/plan.html", values, status=422 if form.errors else 200)


@action(permissions.PLAN)
def change(request: AskingRequest, return_id: UUID) -> HttpResponse:
    row = _mine(request, return_id)
    form = ReturnForm(request.POST or None, initial=initial_of(row))

    def act(now: datetime) -> None:
        changed = operations.change(return_id, form.plan(), actor=request.actor, now=now)
        messages.success(request, _("Decided anew: %(outcome)s.") % _outcome(changed))

    return _answered(request, row, form, act, _("Change the return"))


@action(permissions.PLAN)
def arrive(request: AskingRequest, return_id: UUID) -> HttpResponse:
    row = _mine(request, return_id)
    sent = request.POST if request.method == "POST" else None
    form = ArriveForm(sent, initial={"arrived_on": local_date(present())})

    def act(now: datetime) -> None:
        given = form.cleaned_data
        arrived = operations.arrive(
            return_id, arrived_on=given["arrived_on"], note=given["note"], actor=request.actor, now=now
        )
        apart = shown.apart_of(arrived)
        messages.success(request, apart or _("The arrival is confirmed; nothing more is asked."))

    return _answered(request, row, form, act, _("Confirm the arrival"))


@action(permissions.PLAN)
def cancel(request: AskingRequest, return_id: UUID) -> HttpResponse:
    row = _mine(request, return_id)
    form = CancelForm(request.POST if request.method == "POST" else None)

    def act(now: datetime) -> None:
        operations.cancel(return_id, form.cleaned_data["note"], actor=request.actor, now=now)
        messages.success(request, _("The return is called off."))

    return _answered(request, row, form, act, _("Call the return off"))


def _mine(request: AskingRequest, return_id: UUID) -> PlannedReturn:
    row = queries.get_return(return_id, actor=request.actor)
    permissions.check_may_plan(request.actor, row.enterprise_id, row.area_id)
    return row


def _outcome(row: PlannedReturn) -> dict[str, object]:
    return {"outcome": shown.outcome_status(row).label}


def _answered(
    request: AskingRequest, row: PlannedReturn, form: forms.Form, act: Act, title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            act(present())
            return redirect("returns:detail", row.id)
    values = {
        "form": form,
        "row": row,
        "title": title,
        "status": shown.state_status(row),
        "terms": shown.terms_of(row),
    }
    return render(request, "returns/act.html", values, status=422 if form.errors else 200)
