from __future__ import annotations

from django.http import HttpResponse

from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, page
from fugong.core.web.rendering import render_page
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import list_enterprises
from fugong.resumption import permissions
from fugong.resumption.choices import APPLY
from fugong.resumption.queries import applications as queries
from fugong.resumption.web.tables import applications_table


@page()
def applications(request: AskingRequest) -> HttpResponse:
    """The reviewer's queue comes first; everything else is one choice away."""
    actor, now = request.actor, present()
    permissions.check_may_see(actor)
    is_reviewer = any(map(actor.may, permissions.REVIEW))
    show = request.GET.get("show") or ("mine" if is_reviewer else "all")
    rows = queries.list_waiting_for(actor) if show == "mine" else queries.list_applications(actor)
    values = {
        "show": show,
        "is_reviewer": is_reviewer,
        "waiting": queries.list_waiting_for(actor).count() if is_reviewer else 0,
        "may_open": _may_open(request) if actor.may(APPLY) else [],
    }
    return render_page(
        request, "resumption/applications.html", values, table=applications_table(rows, request, now=now)
    )


def _may_open(request: AskingRequest) -> list[object]:
    """Own enterprises that neither work nor have an open application."""
    actor = request.actor
    busy = {row.enterprise_id for row in queries.list_open_of_own(actor)}
    own = list_enterprises(actor).filter(id__in=actor.enterprises - busy, left_on=None)
    return list(own.exclude(standing__state=StandingState.RESUMED))
