"""The work page: one person at a time, from the next to the next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fugong.census import operations, permissions, queries
from fugong.census.choices import CampaignState, CaseState
from fugong.census.models import Case
from fugong.census.web import shown
from fugong.census.web.forms import CallForm, NamesForm
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted, Refused
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.people.choices import REGISTER
from fugong.people.queries.places import places_for
from fugong.people.web.forms import RegisterForm


@action(permissions.CALL, methods=("POST",))
def take_next(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    case = operations.take_next(campaign_id, actor=request.actor, now=present())
    if case is None:
        messages.info(request, _("Nobody is waiting for a call just now."))
        return redirect("census:detail", campaign_id)
    return redirect("census:case", case.id)


@page(permissions.SEE)
def case(request: AskingRequest, case_id: UUID) -> HttpResponse:
    return _worked(request, queries.get_case(case_id, actor=request.actor))


@action(permissions.CALL, methods=("POST",))
def dial(request: AskingRequest, case_id: UUID) -> HttpResponse:
    """The same page with the number in full, once."""
    number = operations.dial(case_id, actor=request.actor, now=present())
    return _worked(request, queries.get_case(case_id, actor=request.actor), number=number, dialled=True)


@action(permissions.CALL, methods=("POST",))
def call(request: AskingRequest, case_id: UUID) -> HttpResponse:
    """What came of it; then the next person."""
    found = queries.get_case(case_id, actor=request.actor)
    form = CallForm(request.POST, campaign=found.campaign)
    if form.is_valid():
        with or_errors(form):
            entry = operations.record_call(case_id, form.call(), actor=request.actor, now=present())
            said = {"name": queries.shown_of(found).name, "outcome": _outcome(found, entry.outcome)}
            messages.success(request, _("%(name)s: %(outcome)s") % said)
            return _onwards(request, found)
    return _worked(request, found, form=form)


def _outcome(found: Case, key: str) -> str:
    outcome = found.campaign.outcome_of.get(key)
    return outcome.name if outcome else key


def _onwards(request: AskingRequest, found: Case) -> HttpResponse:
    if "stay" in request.POST:
        return redirect("census:case", found.id)
    following = operations.take_next(found.campaign_id, actor=request.actor, now=present())
    if following is None:
        messages.info(request, _("Nobody is waiting for a call just now."))
        return redirect("census:detail", found.campaign_id)
    return redirect("census:case", following.id)


@action(permissions.CALL, methods=("POST",))
def take_back(request: AskingRequest, case_id: UUID) -> HttpResponse:
    operations.take_back(case_id, actor=request.actor, now=present())
    messages.success(request, _("The last entry is taken back; both stay in the log."))
    return redirect("census:case", case_id)


@action(permissions.CALL, methods=("POST",))
def release(request: AskingRequest, case_id: UUID) -> HttpResponse:
    found = operations.release_case(case_id, actor=request.actor, now=present())
    messages.success(request, _("The person is back on the list."))
    return redirect("census:detail", found.campaign_id)


@action(permissions.CALL)
def names(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.get_campaign(campaign_id, actor=request.actor)
    places = _places(request.actor)
    if not places:
        raise NotPermitted()
    form = NamesForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with or_errors(form):
            added, known = operations.add_names(
                campaign_id, given["enterprise_id"], given["names"], actor=request.actor, now=present()
            )
            said = ngettext(
                "%(count)s person is new on the list.", "%(count)s people are new on the list.", added
            )
            messages.success(request, said % {"count": added})
            if known:
                messages.info(request, _("%(count)s were on it already.") % {"count": known})
            return redirect("census:detail", campaign_id)
    values = {"form": form, "campaign": campaign}
    return render(request, "census/names.html", values, status=422 if form.errors else 200)


@action(permissions.CALL)
def file(request: AskingRequest, case_id: UUID) -> HttpResponse:
    """Who has no file yet says on the telephone what stands in one."""
    found = queries.get_case(case_id, actor=request.actor)
    if not request.actor.may(REGISTER):
        raise NotPermitted()
    only = str(found.enterprise_id or "")
    initial = {"name": found.name, "starts_on": local_date(present()), "enterprise_id": only}
    form = RegisterForm(request.POST or None, places=places_for(request.actor, only), initial=initial)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.open_file(
                case_id, form.person(), form.employment(), actor=request.actor, now=present()
            )
            messages.success(request, _("The file is open. Now say what came of the call."))
            return redirect("census:case", case_id)
    values = {"form": form, "case": found}
    return render(request, "census/file.html", values, status=422 if form.errors else 200)


def _places(actor: Actor) -> list[tuple[str, str]]:
    """The enterprises for which it may give names."""
    rows = enterprises.list_enterprises(actor).present()
    if not actor.may(permissions.RUN):
        rows = rows.filter(id__in=actor.enterprises)
    elif not actor.reach(permissions.RUN).everywhere:
        rows = rows.filter(area_id__in=actor.reach(permissions.RUN).areas)
    return [(str(id_), name) for id_, name in rows.values_list("id", "name")[:500]]


def _worked(
    request: AskingRequest,
    found: Case,
    *,
    form: forms.Form | None = None,
    number: str = "",
    dialled: bool = False,
) -> HttpResponse:
    actor, now = request.actor, present()
    who = queries.shown_of(found)
    log = queries.list_log(found)
    may_call = permissions.may_call(actor, found) and found.campaign.state == CampaignState.OPEN
    is_free = found.held_by in (None, actor.user_id) or not found.held_until or found.held_until <= now
    values: dict[str, Any] = {
        "case": found,
        "campaign": found.campaign,
        "who": who,
        "status": shown.case_status(found),
        "terms": shown.case_terms(found, who),
        "number": number,
        "dialled": dialled,
        "form": form or CallForm(campaign=found.campaign, initial={"findings": found.findings}),
        "buttons": shown.buttons_of(found.campaign),
        "steps": shown.log_of(found.campaign, log),
        "may_enter": may_call and is_free and found.state == CaseState.OPEN,
        "held_by": "" if is_free else found.held_by_name,
        "is_mine": shown.is_mine(found, actor, now=now),
        "may_take_back": may_call and found.tries > 0 and _may_take_back(actor, found),
        "may_next": may_call,
        "may_file": may_call and who.person_id is None and actor.may(REGISTER),
    }
    return render(request, "census/case.html", values, status=422 if form and form.errors else 200)


def _may_take_back(actor: Actor, found: Case) -> bool:
    last = queries.last_standing_call(found)
    try:
        if last is not None:
            permissions.check_may_take_back(actor, last, found.campaign)
    except Refused:
        return False
    return last is not None
