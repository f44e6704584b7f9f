"""Pages of the campaigns: the list, one with its totals, made, changed, opened, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fugong.areas import queries as areas
from fugong.census import operations, permissions, queries
from fugong.census.choices import CampaignState
from fugong.census.models import Campaign
from fugong.census.web import shown, usual
from fugong.census.web.forms import (
    CampaignForm,
    Findings,
    Outcomes,
    campaign_data,
    finding_rows,
    initial_of,
    outcome_rows,
)
from fugong.census.web.tables import campaigns_table, cases_table
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.refusals import Invalid, NotFound
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable

MOST_ENTERPRISES = 50


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    values = {"may_run": request.actor.may(permissions.RUN)}
    return render_page(request, "census/list.html", values, table=campaigns_table(request, request.actor))


@page(permissions.SEE)
def detail(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    actor = request.actor
    campaign = queries.get_campaign(campaign_id, actor=actor)
    values: dict[str, Any] = {
        "campaign": campaign,
        "status": shown.status_of(campaign),
        "terms": shown.campaign_terms(campaign),
        "ways": shown.ways_of(campaign, actor),
    }
    if campaign.state == CampaignState.DRAFT:
        values["named"] = queries.count_named(
            campaign.scope, campaign.area_id, actor=actor, on=local_date(present())
        )
    else:
        values |= _progress(campaign, actor)
    return render(request, "census/detail.html", values)


def _progress(campaign: Campaign, actor: Actor) -> dict[str, Any]:
    totals = queries.totals_of(campaign, actor=actor)
    progress = queries.progress_of(campaign, actor=actor)
    return {
        "totals": totals,
        "outcomes": shown.outcome_lines(campaign, totals),
        "findings": shown.finding_lines(campaign, totals),
        "groups": shown.group_lines(totals),
        "progress": progress[:MOST_ENTERPRISES],
        "hidden": max(len(progress) - MOST_ENTERPRISES, 0),
        "work": queries.work_left(campaign, actor=actor, now=present()),
    }


@action(permissions.RUN)
def new(request: AskingRequest) -> HttpResponse:
    today = local_date(present())
    initial = {"starts_on": today, "ends_on": today}
    forms = _forms(request, initial, usual.outcomes(), usual.findings())
    if request.method == "POST" and all(form.is_valid() for form in forms):
        with or_errors(forms[0]):
            campaign = operations.draft(campaign_data(*forms), actor=request.actor, now=present())
            messages.success(request, _("Kept as a draft. Look at whom it names, then open it."))
            return redirect("census:detail", campaign.id)
    return _drawn(request, forms, None)


@action(permissions.RUN)
def edit(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.get_campaign(campaign_id, actor=request.actor)
    permissions.check_may_run(request.actor, campaign.area_id)
    forms = _forms(request, initial_of(campaign), outcome_rows(campaign), finding_rows(campaign))
    if request.method == "POST" and all(form.is_valid() for form in forms):
        seen = forms[0].cleaned_data["seen_at"] or campaign.changed_at
        with or_errors(forms[0]):
            operations.edit(
                campaign_id, campaign_data(*forms), seen_at=seen, actor=request.actor, now=present()
            )
            messages.success(request, _("The campaign was changed."))
            return redirect("census:detail", campaign_id)
    return _drawn(request, forms, campaign)


def _forms(request: AskingRequest, initial: Any, outcomes: Any, findings: Any) -> tuple[Any, Any, Any]:
    sent = request.POST if request.method == "POST" else None
    # A row that was sent as it stood is no empty row: what was offered is not said again beside it.
    return (
        CampaignForm(sent, areas=_areas(request.actor), initial=initial),
        Outcomes(sent, prefix="outcome", initial=None if sent else outcomes),
        Findings(sent, prefix="finding", initial=None if sent else findings),
    )


def _areas(actor: Actor) -> list[tuple[str, str]]:
    reach = actor.reach(permissions.RUN)
    rows = [area for area in areas.list_areas(actor=actor) if reach.covers(area.id)]
    ids = {area.id for area in rows}
    # The widest first: what a form offers before anybody chooses must not name a part by chance.
    rows.sort(key=lambda area: area.parent_id in ids)
    found = [(area.code, area.name) for area in rows]
    return [("", _("the whole authority")), *found] if reach.everywhere else found


def _drawn(request: AskingRequest, forms: tuple[Any, Any, Any], campaign: Campaign | None) -> HttpResponse:
    form, outcomes, findings = forms
    values = {"form": form, "outcomes": outcomes, "findings": findings, "campaign": campaign}
    wrong = request.method == "POST"
    return render(request, "census/edit.html", values, status=422 if wrong else 200)


@page(permissions.RUN)
def preview(request: AskingRequest) -> HttpResponse:
    """While the condition is typed: how many it names, or what is wrong with it."""
    scope, code = request.GET.get("scope", ""), request.GET.get("area_code", "")
    values: dict[str, Any] = {}
    if scope.strip():
        values = _previewed(scope, code, request.actor)
    return render(request, "census/parts/preview.html", values)


def _previewed(scope: str, code: str, actor: Actor) -> dict[str, Any]:
    area = areas.find_area(code, actor=actor) if code else None
    if not permissions.may_run(actor, area.id if area else None):
        raise NotFound()
    try:
        on = local_date(present())
        return {"named": queries.count_named(scope, area.id if area else None, actor=actor, on=on)}
    except Invalid as invalid:
        return {"wrong": str(invalid)}


Act = Callable[..., Any]


@action(permissions.RUN, methods=("POST",))
def open_campaign(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    return _acted(
        request, campaign_id, operations.open_campaign, _("The campaign is open; its list is drawn.")
    )


@action(permissions.RUN, methods=("POST",))
def close(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    return _acted(request, campaign_id, operations.close, _("The campaign is closed; what was found stays."))


@action(permissions.RUN, methods=("POST",))
def reopen(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    return _acted(request, campaign_id, operations.reopen, _("The campaign goes on."))


@action(permissions.RUN, methods=("POST",))
def draw(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    drawn = operations.draw_again(campaign_id, actor=request.actor, now=present())
    said = ngettext(
        "%(count)s person more is on the list.", "%(count)s people more are on the list.", drawn.added
    )
    messages.success(request, said % {"count": drawn.added})
    return redirect("census:detail", campaign_id)


def _acted(request: AskingRequest, campaign_id: UUID, act: Act, done: str) -> HttpResponse:
    act(campaign_id, actor=request.actor, now=present())
    messages.success(request, done)
    return redirect("census:detail", campaign_id)


@page(permissions.SEE)
def cases(request: AskingRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.get_campaign(campaign_id, actor=request.actor)
    values = {"campaign": campaign}
    return render_page(request, "census/cases.html", values, table=_table(request, campaign))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest, campaign_id: UUID) -> FileResponse:
    campaign = queries.get_campaign(campaign_id, actor=request.actor)
    needs = (MAKE, permissions.SEE)
    return answer_export(request, _table(request, campaign), now=present(), needs=needs)


def _table(request: AskingRequest, campaign: Campaign) -> BoundTable[Any]:
    url = reverse("census:export", args=[campaign.id]) if may_export(request.actor) else ""
    return cases_table(campaign, request, request.actor, export_url=url)
