from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.refusals import NotPermitted
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.enterprises import queries as enterprises
from fugong.support import operations, queries
from fugong.support.choices import RAISE
from fugong.support.models import Difficulty
from fugong.support.web import shown
from fugong.support.web.forms import RaiseForm
from fugong.support.web.tables import difficulties_table


@page()
def listing(request: AskingRequest) -> HttpResponse:
    table = _table(request, present())
    return render_page(request, "support/list.html", {"may_raise": request.actor.may(RAISE)}, table=table)


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    now = present()
    return answer_export(request, _table(request, now), now=now)


def _table(request: AskingRequest, now: datetime) -> BoundTable[Difficulty]:
    return difficulties_table(
        queries.list_difficulties(request.actor),
        request,
        categories=queries.get_terms(local_date(now)).categories(),
        now=now,
        export_url=reverse("support:export") if may_export(request.actor) else "",
    )


@page()
def detail(request: AskingRequest, difficulty_id: UUID) -> HttpResponse:
    difficulty = queries.get_difficulty(difficulty_id, actor=request.actor)
    values = {
        "difficulty": difficulty,
        "status": shown.status_of(difficulty),
        "clock": shown.clock_of(difficulty, now=present()),
        "terms": shown.terms_of(difficulty),
        "steps": shown.timeline_of(queries.timeline(difficulty), difficulty),
        "ways": shown.ways_of(difficulty, request.actor),
    }
    return render(request, "support/detail.html", values)


@action(RAISE)
def raise_difficulty(request: AskingRequest) -> HttpResponse:
    actor, now = request.actor, present()
    own = enterprises.list_enterprises(actor).filter(id__in=actor.enterprises | actor.cared_for)
    choices = [(str(enterprise.id), enterprise.name) for enterprise in own]
    if not choices:
        raise NotPermitted(_("You neither speak for an enterprise nor have one in your care."))
    form = RaiseForm(
        request.POST or None,
        enterprises=choices,
        categories=queries.get_terms(local_date(now)).categories(),
        initial={"enterprise": request.GET.get("enterprise", "")},
    )
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            raised = operations.raise_difficulty(form.enterprise_id(), form.report(), actor=actor, now=now)
            messages.success(request, _("The difficulty is raised. Its clock runs."))
            return redirect("support:detail", raised.id)
    return render(request, "support/raise.html", {"form": form}, status=422 if form.errors else 200)
