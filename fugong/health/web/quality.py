"""Whether reports can be believed, for the supervisor: signs with what they rest on, and no verdict."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, page
from fugong.core.web.rendering import render_page
from fugong.enterprises import queries as enterprises
from fugong.health import queries
from fugong.health.choices import QUALITY
from fugong.health.permissions import may_at
from fugong.health.rules.signs import Found
from fugong.health.web.shown import sign_status, sign_words
from fugong.health.web.tables import signs_table
from fugong.people import queries as people


@page(QUALITY)
def listing(request: AskingRequest) -> HttpResponse:
    table = signs_table(queries.list_signs(request.actor), request)
    return render_page(request, "health/quality.html", table=table)


@page(QUALITY)
def of_enterprise(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """Computed anew for today, so that it is seen what is so now."""
    place, now = enterprises.get_enterprise(request.actor, enterprise_id), present()
    if not may_at(request.actor, place, QUALITY):
        raise NotFound()
    terms = queries.get_terms(local_date(now))
    found = queries.find_signs_of(enterprise_id, local_date(now), terms, actor=request.actor)
    names = people.at_work({who for sign in found for who in sign.people}, actor=request.actor)
    values = {
        "enterprise": place,
        "day": local_date(now),
        "signs": [_shown(sign, {who: person.name for who, person in names.items()}) for sign in found],
    }
    return render(request, "health/quality_of.html", values)


def _shown(sign: Found, names: dict[UUID, str]) -> dict[str, object]:
    return {
        "status": sign_status(sign.sign),
        "words": sign_words(sign.sign, sign.number, dict(sign.values)),
        "people": [(who, names.get(who, "")) for who in sign.people],
    }
