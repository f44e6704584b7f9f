"""Venues for those who keep and guard them: the poster, and whoever came lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext as _

from fugong.areas.queries import get_authority_name
from fugong.core.actor import Actor
from fugong.core.clock import local_date, to_the_minute
from fugong.core.clock import now as present
from fugong.core.papers.poster import Poster, poster_of
from fugong.core.refusals import Invalid, NotFound, NotPermitted
from fugong.core.web.pages import AskingRequest, action, page
from fugong.passage import operations, queries
from fugong.passage.choices import GUARD, KEEP, SEE
from fugong.passage.models import Gate
from fugong.passage.permissions import may_at, may_keep_gate
from fugong.playbooks import queries as playbooks

LANGUAGES: Final = ("zh-hans", "en")


SHOWN_DAYS: Final = 14
SHOWN_MOST: Final = 200
LACKING_MOST: Final = 20


@page(SEE)
def listing(request: AskingRequest) -> HttpResponse:
    """Those in use with the use of the last two weeks, today not yet among them."""
    rows = queries.list_venues(request.actor).filter(closed_at=None)
    gates = list(rows.order_by("enterprise__name", "name", "number")[: SHOWN_MOST + 1])
    until = local_date(present()) - timedelta(days=1)
    since = until - timedelta(days=SHOWN_DAYS - 1)
    lacking = queries.list_without_code(request.actor, on=until)
    uses = queries.use_of_venues(request.actor, since=since, until=until, gates=gates[:SHOWN_MOST])
    values = {
        "uses": uses,
        "days": uses[0].days if uses else [],
        "has_gaps": any(use.gaps for use in uses),
        "most": SHOWN_MOST if len(gates) > SHOWN_MOST else 0,
        "lacking": lacking[:LACKING_MOST],
        "lacking_number": lacking.count(),
    }
    return render(request, "passage/venues/list.html", values)


@page(SEE)
def detail(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    gate, actor, now = _found(request, gate_id), request.actor, present()
    guards = may_at(actor, GUARD, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
    values = {
        "gate": gate,
        "keeps": _keeps(actor, gate),
        "guards": guards,
        "came": queries.came_lately(gate, actor=actor, now=now) if guards else [],
        "has_poster": gate.poster is not None,
        "may_print": queries.poster_of(gate) is not None,
        "asked": playbooks.venue_policy(on=local_date(now)).on_the_spot.label,
    }
    return render(request, "passage/venues/detail.html", values)


@page(KEEP)
def poster(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    """To print. Whoever has it can open the page of the venue, and no more than that."""
    gate = _kept(request, gate_id)
    token = queries.poster_of(gate)
    if token is None:
        raise NotFound()
    now = present()
    mark = f"{_authority(request)} · {gate.number}-{gate.poster_number} · {to_the_minute(now)}"
    drawn = poster_of(_paper(gate, queries.address_of(token)), mark, made_at=now)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="venue-{gate.number}.pdf"'
    return response


@action(KEEP, methods=("POST",))
def renew(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    operations.renew_poster(gate_id, actor=request.actor, now=present())
    messages.success(request, _("The poster is made. Print it, and take the old one down: it opens nothing."))
    return redirect("venues:detail", gate_id)


@action(GUARD, methods=("POST",))
def confirm(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    """One tap by whoever saw the person there."""
    at, nonce = _named_scan(request)
    operations.confirm_presence(gate_id, at, nonce, actor=request.actor, now=present())
    return redirect("venues:detail", gate_id)


def _named_scan(request: AskingRequest) -> tuple[datetime, int]:
    try:
        at, nonce = datetime.fromisoformat(request.POST["at"]), int(request.POST["nonce"])
        if at.tzinfo is None:
            raise ValueError("a moment of no place")
    except (KeyError, ValueError):
        raise Invalid(_("This form is damaged. Load the page again."), code="bad_scan") from None
    return at, nonce


def _found(request: AskingRequest, gate_id: UUID) -> Gate:
    gate = queries.list_venues(request.actor).filter(id=gate_id).first()
    if gate is None:
        raise NotFound()
    return gate


def _kept(request: AskingRequest, gate_id: UUID) -> Gate:
    gate = _found(request, gate_id)
    if not may_keep_gate(request.actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id):
        raise NotPermitted()
    return gate


def _keeps(actor: Actor, gate: Gate) -> bool:
    is_open = gate.closed_at is None
    return is_open and may_keep_gate(actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)


def _authority(request: AskingRequest) -> str:
    return get_authority_name(request.actor.authority_id, language=get_language() or "")


def _paper(gate: Gate, address: str) -> Poster:
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(_words())
    place = " · ".join(part for part in (gate.enterprise.name if gate.enterprise else "", gate.name) if part)
    return Poster(
        title=place,
        code=address,
        heading=[heading for heading, _steps, _foot in said],
        steps=[steps for _heading, steps, _foot in said],
        foot=[foot for _heading, _steps, foot in said],
    )


def _words() -> tuple[str, list[str], str]:
    return (
        gettext("Scan when you come and when you leave"),
        [
            gettext("Scan with the phone's camera or WeChat; your phone is registered with your enterprise."),
            gettext("Tap “I am here”. The answer stands on the page."),
            gettext("When you leave, scan again and tap “I am leaving”."),
        ],
        gettext("Visitors, and whoever has no phone, say their name at the place."),
    )
