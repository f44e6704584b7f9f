from __future__ import annotations

from datetime import datetime

from django.http import FileResponse, HttpResponse
from django.urls import reverse

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.resumption import permissions
from fugong.resumption.models import Application
from fugong.resumption.queries import applications as queries
from fugong.resumption.queries.progress import list_open_steps
from fugong.resumption.web.tables import applications_table


@page()
def applications(request: AskingRequest) -> HttpResponse:
    """The reviewer's queue comes first; everything else is one choice away."""
    actor = request.actor
    permissions.check_may_see(actor)
    is_reviewer = permissions.is_reviewer(actor)
    values = {
        "show": _shown(request),
        "is_reviewer": is_reviewer,
        "ready": queries.list_ready(actor).count() if is_reviewer else 0,
        "waiting": queries.list_waiting_for(actor).count() if is_reviewer else 0,
        "may_open": queries.list_may_apply(actor, today=local_date(present())),
    }
    return render_page(request, "resumption/applications.html", values, table=_table(request, present()))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    permissions.check_may_see(request.actor)
    now = present()
    return answer_export(request, _table(request, now), now=now)


def _shown(request: AskingRequest) -> str:
    return request.GET.get("show") or ("mine" if permissions.is_reviewer(request.actor) else "all")


def _table(request: AskingRequest, now: datetime) -> BoundTable[Application]:
    actor, show = request.actor, _shown(request)
    lists = {"mine": queries.list_waiting_for, "ready": queries.list_ready}
    return applications_table(
        lists.get(show, queries.list_applications)(actor),
        request,
        now=now,
        steps=list_open_steps(actor),
        show=show,
        export_url=reverse("resumption:export_applications") if may_export(actor) else "",
    )
