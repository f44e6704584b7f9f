"""Visitors: the list, the invitation, and the page that the visitor carries."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import AskingRequest, action, page, public
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.enterprises import queries as enterprises
from fugong.passage import permissions
from fugong.passage.models import Visit
from fugong.passage.operations.visits import cancel_visit, invite
from fugong.passage.permissions import may_at
from fugong.passage.queries.guests import find_visit, get_visit, link_of, list_visits
from fugong.passage.queries.printing import code_of_visit
from fugong.passage.web.drawing import qr_drawn
from fugong.passage.web.guest_forms import VisitForm, first_window
from fugong.passage.web.guest_shown import guest_status, visit_terms, window_of
from fugong.passage.web.guest_tables import visits_table

WHY_OPEN: Final = "a visitor has no account: the link in the invitation opens the code of that one visit"
LANGUAGES: Final = ("zh-hans", "en")


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    table = visits_table(list_visits(request.actor), request, now=present())
    return render_page(request, "passage/visits.html", {}, table=table)


@page(permissions.SEE)
def detail(request: AskingRequest, visit_id: UUID) -> HttpResponse:
    visit, now = get_visit(request.actor, visit_id), present()
    may_invite = _may(request.actor, visit.enterprise.area_id, visit.enterprise_id)
    is_open = visit.cancelled_at is None and visit.ends_at > now
    values = {
        "visit": visit,
        "status": guest_status(visit, now=now),
        "terms": visit_terms(visit),
        "link": link_of(visit) if may_invite and is_open else "",
        "may_cancel": may_invite and is_open,
    }
    return render(request, "passage/visit.html", values)


@action(permissions.INVITE)
def new(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    place, now = enterprises.get_enterprise(request.actor, enterprise_id), present()
    if not _may(request.actor, place.area_id, place.id):
        raise NotPermitted()
    form = VisitForm(request.POST or None, initial=first_window(now, length=timedelta(hours=3)))
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            visit = invite(enterprise_id, form.data_given(), actor=request.actor, now=now)
            messages.success(request, _("The visitor is invited. Pass the link on: it opens the code."))
            return redirect("passage:visit", visit.id)
    values = {"form": form, "place": place}
    return render(request, "passage/visit_new.html", values, status=422 if form.errors else 200)


@action(permissions.INVITE, methods=("POST",))
def cancel(request: AskingRequest, visit_id: UUID) -> HttpResponse:
    get_visit(request.actor, visit_id)
    cancel_visit(visit_id, actor=request.actor, now=present())
    messages.success(request, _("The visit is called off; its code opens nothing any more."))
    return redirect("passage:visit", visit_id)


@public(WHY_OPEN)
@require_safe
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """The code, for what and when, in both languages; no name and no number."""
    visit, now = find_visit(token), present()
    values = {"languages": LANGUAGES} | (_shown(visit) if visit else {})
    if visit is not None:
        is_over = visit.cancelled_at is not None or visit.ends_at <= now
        values |= {"is_over": is_over, "is_early": visit.starts_at > now}
    response = render(request, "passage/guest.html", values, status=200 if visit else 404)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _shown(visit: Visit) -> dict[str, object]:
    with acting_for(visit.authority_id):
        code = code_of_visit(visit)
    drawn = qr_drawn(code, label=_("QR code of the visit"), scale=6) if code else ""
    return {"visit": visit, "qr": drawn, "window": window_of(visit)}


def _may(actor: Actor, area_id: UUID, enterprise_id: UUID) -> bool:
    return may_at(actor, permissions.INVITE, area_id=area_id, enterprise_id=enterprise_id)
