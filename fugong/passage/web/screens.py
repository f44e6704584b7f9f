"""A screen at a venue that shows its code anew each half minute.

It is paired as every device at a gate, and known by its cookie. What it shows it makes itself, so that a
network that is away for an hour stops nobody; whether it is still the venue's it asks each minute. A screen
that was carried off goes on making codes as long as the poster is not renewed: renewing it ends them.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fugong.accounts.operations import count_use
from fugong.core.clock import now as present
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import public
from fugong.passage import queries
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.models import Gate, GateDevice
from fugong.passage.operations.devices import BadPairing
from fugong.passage.operations.devices import pair as pair_device
from fugong.passage.rules.encoding import base64url
from fugong.passage.rules.pairing import Pairing
from fugong.passage.rules.venues import TURNS

WHY_OPEN: Final = "a screen on a wall has no account: it is known by its cookie, and shows no person"
COOKIE: Final = "fugong_screen"
KEPT: Final = timedelta(days=400)
TRIES: Final = (10, timedelta(hours=1))


@public(WHY_OPEN)
@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    gate = _gate_of(request)
    if gate is None:
        return _unkept(render(request, "passage/venues/pair.html"))
    return _unkept(render(request, "passage/venues/screen.html", {"gate": gate, "turns": TURNS}))


@public(WHY_OPEN)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """What the screen draws by; nothing once it is not the venue's any more."""
    gate = _gate_of(request)
    poster = queries.poster_of(gate) if gate else None
    if gate is None or poster is None:
        return _unkept(JsonResponse({}, status=410))
    said = {
        "address": queries.address_of(poster),
        "key": base64url(queries.screen_key_of(gate)),
        "now": int(present().timestamp() * 1000),
    }
    return _unkept(JsonResponse(said))


@public(WHY_OPEN)
@require_POST
def pair(request: HttpRequest) -> HttpResponse:
    try:
        paired = _paired(request, now=present())
    except Refused as refusal:
        return _unkept(
            render(request, "passage/venues/pair.html", {"refusal": refusal}, status=refusal.status)
        )
    response = redirect("venue_codes:screen")
    response.set_cookie(
        COOKIE,
        paired,
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _paired(request: HttpRequest, *, now: datetime) -> str:
    """The cookie. Raises TooManyTries, BadPairing."""
    count_use({f"address:{get_adapter().get_client_ip(request)}": TRIES}, door="pair_screen", now=now)
    pairing = Pairing.parse(request.POST.get("code", ""))
    if pairing is None:
        raise BadPairing()
    paired = pair_device(pairing, now=now)
    return f"{paired.device.authority_id.hex}.{paired.token}"


def _gate_of(request: HttpRequest) -> Gate | None:
    """The venue of the screen; None where it is none, or not in use any more."""
    authority, _dot, token = request.COOKIES.get(COOKIE, "").partition(".")
    try:
        authority_id = UUID(hex=authority)
    except ValueError:
        return None
    with acting_for(authority_id):
        rows = GateDevice.objects.filter(authority_id=authority_id, ended_at=None, kind=DeviceKind.SCREEN)
        device = rows.filter(token_hash=hashlib.sha256(token.encode()).digest()).first()
        if device is None:
            return None
        gates = Gate.objects.filter(authority_id=authority_id, number__in=device.gates, closed_at=None)
        return gates.filter(kind=GateKind.VENUE).order_by("number").first()


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
