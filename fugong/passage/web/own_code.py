"""The worker's own code: a page that needs the network once in some days, and no longer.

The page itself holds nothing about anybody. What it shows lies in the phone's own store, put there by the
answers of `state` and `issue`; so the copy that the browser keeps for when there is no network is the same
for all people.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fugong.clearance import queries as clearance
from fugong.clearance.web.shown import status_of
from fugong.core.clock import now as present
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import public
from fugong.passage import operations
from fugong.passage.operations import Issued
from fugong.passage.queries.keys import last_withdrawn
from fugong.passage.rules.encoding import base64url, from_base64url
from fugong.passage.rules.issuing import RENEW_BEFORE
from fugong.passage.rules.masking import masked_name
from fugong.passage.web.kept_pages import SAME_FOR_ALL
from fugong.people import queries as people
from fugong.people.queries import AtWork, Worker
from fugong.people.web.own import WorkerRequest, worker_action, worker_page, workers_on

WHY_OPEN: Final = "a worker has no account: the phone is known by its cookie"


def section(worker: Worker, now: datetime) -> dict[str, object]:
    """The button on the worker's page."""
    return {}


@worker_page
def page(request: WorkerRequest) -> HttpResponse:
    renew = int(RENEW_BEFORE.total_seconds() // 60)
    return render(request, "passage/own/code.html", {"renew_before": renew})


@public(WHY_OPEN)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Who is on this phone and how each stands, for the page to show and to keep. Nobody: an empty list."""
    now = present()
    said = {
        "now": int(now.timestamp() * 1000),
        "csrf": get_token(request),
        "people": [_standing(worker, now) for worker in workers_on(request)],
    }
    return _unkept(JsonResponse(said))


@worker_action
def issue(request: WorkerRequest) -> HttpResponse:
    """The page's own question: answered to a script, refusals too."""
    if request.method != "POST":
        return redirect("own_code:page")
    now = present()
    public_key = from_base64url(request.POST.get("public_key", "")) or b""
    try:
        issued = operations.issue_code(request.worker.device_id, public_key, actor=request.actor, now=now)
    except Refused as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=refusal.status)
    return JsonResponse({"now": int(now.timestamp() * 1000), **_written(issued)})


@public(SAME_FOR_ALL)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """By which a phone puts the page among its programs."""
    said = {
        "name": _("My code"),
        "short_name": _("My code"),
        "start_url": reverse("own_code:page"),
        "scope": reverse("own:home"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1b4a82",
        "icons": [{"src": static("core/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/manifest+json")


def _standing(worker: Worker, now: datetime) -> dict[str, str]:
    with acting_for(worker.authority_id):
        status = status_of(clearance.clearance_of(worker.person_id, now=now))
        work = people.at_work([worker.person_id], actor=worker.actor)[worker.person_id]
        withdrawn = last_withdrawn(worker.authority_id)
    return {
        "about": about(work, withdrawn),
        "mark": worker.mark,
        "name": masked_name(worker.name),
        "place": worker.enterprise_name,
        "level": render_to_string("clearance/own/level.html", {"section": {"status": status}}),
    }


def about(work: AtWork, withdrawn: datetime | None = None) -> str:
    """Another one where what a code carries has changed: the file, the enterprise or the shift; or a key was
    `withdrawn`, by which it may have been issued. The page asks for a new code then."""
    place = work.place.id if work.place else ""
    since = f" {withdrawn.isoformat()}" if withdrawn else ""
    return sha256(f"{work.person_id} {place} {work.shift}{since}".encode()).hexdigest()[:16]


def _written(issued: Issued) -> dict[str, object]:
    claim = issued.claim
    return {
        "claim": {
            "keyId": claim.key_id,
            "person": base64url(claim.person.bytes),
            "device": base64url(claim.device),
            "validUntil": claim.valid_until,
            "place": claim.place,
            "hours": claim.hours,
        },
        "macKey": base64url(issued.mac_key),
        "certificate": base64url(issued.certificate),
    }


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
