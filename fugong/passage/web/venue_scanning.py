"""What the code at a place opens on a worker's own phone, and the one tap there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fugong.accounts.operations import count_use
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import Invalid
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import public
from fugong.passage import operations, queries
from fugong.passage.choices import Direction, Directions
from fugong.passage.models import Gate
from fugong.passage.operations.venues import ALLOWED, PosterGone
from fugong.passage.rules.venues import Position
from fugong.passage.web.venue_words import is_about_level, sentences_of, status_of
from fugong.people.queries import Token, Worker
from fugong.people.web.own import WorkerRequest, find_phone, guarded
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import OnTheSpot

WHY_OPEN: Final = (
    "a phone's camera opens it: it shows the name of the place, and for a worker's phone one tap"
)
TURN: Final = "c"
A_MINUTE: Final = (6, timedelta(minutes=1))
"""Taps of one phone: in, out, and some that failed. More is not somebody walking through a door."""


def section(worker: Worker, now: datetime) -> dict[str, object] | None:
    """On the own page: where somebody came in and has not left yet."""
    found = queries.open_presences(worker.person_id, worker.authority_id, now=now)
    return {"places": found} if found else None


@public(WHY_OPEN)
@require_safe
def venue(request: HttpRequest, token: str) -> HttpResponseBase:
    poster = Token.parse(token)
    gate = queries.find_venue(poster) if poster else None
    if poster is None or gate is None:
        return _private(render(request, "passage/venues/gone.html", status=404))
    _phone, worker = find_phone(request)
    values: dict[str, object] = {"gate": gate, "token": token, "worker": worker}
    if worker is None:
        return _private(render(request, "passage/venues/nobody.html", values))
    if worker.authority_id != poster.authority_id:
        return _private(render(request, "passage/venues/elsewhere.html", values))
    with acting_for(worker.authority_id):
        values |= _opened(gate, worker, request.GET.get(TURN, ""))
    request.worker = worker  # type: ignore[attr-defined]
    response = _private(render(request, "passage/venues/venue.html", values))
    if values["by_position"]:
        response.headers["Permissions-Policy"] = "geolocation=(self), microphone=()"
    return response


def _count(request: WorkerRequest) -> None:
    """Raises TooManyTries."""
    count_use({f"phone:{request.worker.device_id}": A_MINUTE}, door="venue", now=present())


@guarded(_count)
def scan(request: WorkerRequest, token: str) -> HttpResponse:
    """The tap. Whatever is answered, it is kept first."""
    poster = Token.parse(token)
    if request.method != "POST":
        return redirect("venue_codes:venue", token)
    if poster is None:
        raise PosterGone()
    answered = operations.scan_venue(
        poster,
        request.POST.get("opening", ""),
        _direction(request.POST.get("direction", "")),
        worker=request.worker,
        position=_position(request),
        now=present(),
    )
    values = {
        "answered": answered,
        "gate": answered.gate,
        "status": status_of(answered),
        "sentences": sentences_of(answered, by_guard=_on_the_spot(answered.at) is OnTheSpot.GUARD),
        "is_about_level": is_about_level(answered),
        "token": token,
    }
    return render(request, "passage/venues/answer.html", values)


def _opened(gate: Gate, worker: Worker, turn: str) -> dict[str, object]:
    now = present()
    policy = playbooks.venue_policy(on=local_date(now))
    opening = operations.open_venue(gate, worker, turn=turn, now=now)
    inside = dict(queries.open_presences(worker.person_id, worker.authority_id, now=now))
    allowed = ALLOWED[Directions(gate.directions)]
    return {
        "opening": opening.sealed(queries.server_key()),
        "may_come": Direction.IN in allowed,
        "may_leave": Direction.OUT in allowed,
        "since": inside.get(gate),
        "minutes": policy.nonce_minutes,
        "by_position": policy.on_the_spot is OnTheSpot.POSITION,
        "by_guard": policy.on_the_spot is OnTheSpot.GUARD,
        "is_old_picture": policy.on_the_spot is OnTheSpot.ROTATING and not opening.showed_turn,
    }


def _on_the_spot(now: datetime) -> OnTheSpot:
    return playbooks.venue_policy(on=local_date(now)).on_the_spot


def _direction(text: str) -> Direction:
    try:
        return Direction(int(text))
    except ValueError:
        raise Invalid(_("Say whether you come or leave."), code="bad_direction") from None


def _position(request: HttpRequest) -> Position | None:
    """What the phone said of itself, if its holder agreed. It is looked at and not kept."""
    try:
        told = [float(request.POST.get(name, "")) for name in ("latitude", "longitude", "accuracy")]
    except ValueError:
        return None
    return Position(*told)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
