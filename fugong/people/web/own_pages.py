"""The worker's own page, and the people of one phone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fugong.core.clock import now as present
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import public
from fugong.people import operations, queries
from fugong.people.choices import PhoneEnd, RegistrationState
from fugong.people.models import Device
from fugong.people.rules.tokens import Token, turned_to
from fugong.people.web.own import HOME, WHY_OPEN, WorkerRequest, find_phone, shown_to
from fugong.people.web.own_sections import own_sections_for
from fugong.people.web.phones import keep_people, keep_private, people_on


@public(WHY_OPEN)
def home(request: HttpRequest) -> HttpResponseBase:
    """What concerns the person whose turn it is; for a phone that stands for nobody yet, how it goes on."""
    device, worker = find_phone(request)
    people = people_on(request)
    if worker is not None:
        response = shown_to(worker, _person, request)
    else:
        response = keep_private(_nobody(request, device))
    if people:
        keep_people(response, people)
    return response


def _person(request: WorkerRequest) -> HttpResponse:
    values = {
        "worker": request.worker,
        "sections": own_sections_for(request.worker, now=present()),
        "others": len(people_on(request)) - 1,
    }
    return render(request, "people/own/home.html", values)


def _nobody(request: HttpRequest, device: Device | None) -> HttpResponse:
    values = {"others": len(people_on(request)) - 1, "state": "", "ended": ""}
    if device is None:
        return render(request, "people/own/nobody.html", values)
    with acting_for(device.authority_id):
        registration = queries.find_registration_of(device)
    values |= {
        "registration": registration,
        "waits": registration is not None and registration.state == RegistrationState.WAITING,
        "was_mine": device.ended_why in (PhoneEnd.REPLACED, PhoneEnd.LOST),
        "expired": device.ended_why == PhoneEnd.EXPIRED,
        "refused": device.ended_why == PhoneEnd.REFUSED,
    }
    return render(request, "people/own/nobody.html", values)


@public(WHY_OPEN)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponseBase:
    """Who is on this phone: whose turn it is, and who is to be taken off it."""
    tokens = people_on(request)
    if request.method == "POST":
        return keep_private(_changed(request, tokens))
    known = [(token, queries.find_device(token)) for token in tokens]
    values = {"people": [_on_phone(token, device) for token, device in known if device is not None]}
    return keep_private(render(request, "people/own/people.html", values))


def _on_phone(token: Token, device: Device) -> dict[str, object]:
    person = device.person
    return {
        "mark": token.mark,
        "name": person.name if person and device.ended_at is None else "",
        "ended": device.ended_at is not None,
        "opened_at": device.opened_at,
    }


def _changed(request: HttpRequest, tokens: tuple[Token, ...]) -> HttpResponse:
    asked = request.POST.get("turn") or request.POST.get("off") or ""
    chosen = next((token for token in tokens if token.mark == asked), None)
    response = redirect(HOME)
    if chosen is None:
        return response
    if "off" in request.POST:
        _end(chosen)
        tokens = tuple(token for token in tokens if token != chosen)
    else:
        tokens = turned_to(tokens, chosen)
    keep_people(response, tokens)
    return response


def _end(token: Token) -> None:
    worker = queries.worker_of(token)
    if worker is not None:
        operations.end_phone(worker.person_id, actor=worker.actor, now=present())
