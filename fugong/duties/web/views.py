from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fugong.accounts import queries as accounts
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.duties import operations, permissions, queries
from fugong.duties.models import Duty
from fugong.duties.web.forms import ExcuseForm, HandOverForm
from fugong.duties.web.panels import panels_for
from fugong.duties.web.rows import duty_row, in_groups
from fugong.duties.web.shortfall import HORIZON, owner_label, shortfall_table

# More than anybody does in a day; the counts above the list are of all.
SHOWN = 100


@page()
def home(request: AskingRequest) -> HttpResponse:
    now = present()
    counts = queries.count_by_group(request.actor, now=now)
    duties = queries.list_for(request.actor, now=now, limit=SHOWN)
    values = {
        "groups": in_groups(duties, counts=counts, now=now),
        "hidden": sum(counts.values()) - len(duties),
        "panels": panels_for(request.actor, now=now),
        "may_see_shortfall": request.actor.may(permissions.SEE),
    }
    return render(request, "duties/home.html", values)


@page(permissions.SEE)
def shortfall(request: AskingRequest) -> HttpResponse:
    values = {"may_hand_over": request.actor.may(permissions.HAND_OVER)}
    return render_page(request, "duties/shortfall.html", values, table=_shortfall(request, present()))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    now = present()
    return answer_export(request, _shortfall(request, now), now=now)


def _shortfall(request: AskingRequest, now: datetime) -> BoundTable[Duty]:
    actor = request.actor
    return shortfall_table(
        queries.list_shortfall(actor, now=now, within=HORIZON),
        request,
        now=now,
        may_excuse=permissions.may_excuse(actor),
        export_url=reverse("duties:export") if may_export(actor) else "",
    )


@page()
def roll(request: AskingRequest, duty_id: UUID) -> HttpResponse:
    raise NotImplementedError


@action(permissions.EXCUSE)
def excuse(request: AskingRequest, duty_id: UUID) -> HttpResponse:
    now = present()
    form = ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.excuse(
            duty_id,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            actor=request.actor,
            now=now,
        )
        messages.success(request, _("The duty is excused."))
        return redirect("duties:shortfall")
    duty = queries.get_visible(request.actor, duty_id)
    values = {"form": form, "row": duty_row(duty, now=now, owner=owner_label(duty))}
    return render(request, "duties/excuse.html", values, status=422 if form.errors else 200)


@action(permissions.HAND_OVER)
def hand_over(request: AskingRequest) -> HttpResponse:
    owners = [(str(user_id), name) for user_id, name in queries.list_owners(request.actor)]
    form = HandOverForm(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid() and (answer := _handed_over(request, form)):
        return answer
    return render(request, "duties/hand_over.html", {"form": form}, status=422 if form.errors else 200)


def _handed_over(request: AskingRequest, form: HandOverForm) -> HttpResponse | None:
    successor = accounts.find_user(form.cleaned_data["to_username"], actor=request.actor)
    if successor is None:
        form.add_error("to_username", _("Nobody has this user name."))
        return None
    leaving = UUID(form.cleaned_data["from_user"])
    with or_errors(form):
        number = operations.hand_over(leaving, successor.id, actor=request.actor, now=present())
        done = ngettext("%(number)s duty handed over.", "%(number)s duties handed over.", number)
        messages.success(request, done % {"number": number})
        return redirect("duties:shortfall")
    return None
