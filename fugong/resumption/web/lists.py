from __future__ import annotations

from django.http import HttpResponse

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, page
from fugong.core.web.rendering import render_page
from fugong.resumption import permissions
from fugong.resumption.queries import applications as queries
from fugong.resumption.queries.progress import list_open_steps
from fugong.resumption.web.tables import applications_table


@page()
def applications(request: AskingRequest) -> HttpResponse:
    """The reviewer's queue comes first; everything else is one choice away."""
    actor, now = request.actor, present()
    permissions.check_may_see(actor)
    is_reviewer = any(map(actor.may, permissions.REVIEW))
    show = request.GET.get("show") or ("mine" if is_reviewer else "all")
    lists = {"mine": queries.list_waiting_for, "ready": queries.list_ready}
    rows = lists.get(show, queries.list_applications)(actor)
    values = {
        "show": show,
        "is_reviewer": is_reviewer,
        "ready": queries.list_ready(actor).count() if is_reviewer else 0,
        "waiting": queries.list_waiting_for(actor).count() if is_reviewer else 0,
        "may_open": queries.list_may_apply(actor, today=local_date(now)),
    }
    steps = list_open_steps(actor)
    table = applications_table(rows, request, now=now, steps=steps, newest_first=show == "all")
    return render_page(request, "resumption/applications.html", values, table=table)
