from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.areas import queries as areas
from fugong.clearance import queries
from fugong.clearance.choices import SEE
from fugong.clearance.models import Clearance
from fugong.clearance.web import shown
from fugong.clearance.web.person import panel_of
from fugong.clearance.web.tables import appeals_table, hands_table, people_table
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page, public
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.people import queries as people

NEEDS = (MAKE, SEE)


@page(SEE)
def listing(request: AskingRequest) -> HttpResponse:
    return render_page(request, "clearance/list.html", {}, table=_table(request))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    return answer_export(request, _table(request), now=present(), needs=NEEDS)


def _table(request: AskingRequest) -> BoundTable[Clearance]:
    now = present()
    may = may_export(request.actor, NEEDS)
    return people_table(
        request,
        request.actor,
        queries.law_in_force(now),
        now=now,
        export_url=reverse("clearance:export") if may else "",
    )


@page(SEE)
def person(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """Where one person stands, why, what is on record, and every level before."""
    now = present()
    found = people.get_person(request.actor, person_id)
    values = {
        "person": found,
        "panel": panel_of(request.actor, found, now),
        "evidence": shown.evidence_rows(queries.list_evidence(person_id), now=now),
        "steps": shown.steps_of(queries.list_levels(person_id), queries.law_in_force(now).table),
        "may_see_file": request.actor.may("people.see"),
    }
    return render(request, "clearance/person.html", values)


@page(SEE)
def hands(request: AskingRequest) -> HttpResponse:
    now = present()
    table = hands_table(request, request.actor, queries.law_in_force(now), now=now)
    values = {"code": areas.get_authority(request.actor.authority_id).code}
    return render_page(request, "clearance/hands.html", values, table=table)


@page(SEE)
def appeals(request: AskingRequest) -> HttpResponse:
    now = present()
    table = appeals_table(request, request.actor, queries.law_in_force(now), now=now)
    return render_page(request, "clearance/appeals.html", {}, table=table)


@public("everybody may know how often people are held by hand, for what, and how often that was wrong")
def counts(request: HttpRequest, code: str) -> HttpResponse:
    """Counts of the whole authority, with no place and no day: nobody is found by them."""
    authority, now = areas.find_authority(code), present()
    if authority is None:
        raise NotFound(_("There is no authority of that name here."))
    with acting_for(authority.id), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local transaction_read_only = on")
        values = {
            "authority_name": authority.name,
            "reasons": queries.tally_reasons(now=now),
            "appeals": queries.tally_appeals(now=now),
            "counted_at": now,
        }
    return render(request, "clearance/counts.html", values)
