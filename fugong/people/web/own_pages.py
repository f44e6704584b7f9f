"""The worker's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fugong.core.clock import now as present
from fugong.core.web.pages import public
from fugong.people.web.own import WHY_OPEN, WorkerRequest, find_phone, shown_to
from fugong.people.web.own_sections import own_sections_for
from fugong.people.web.phones import keep_people, keep_private, people_on


@public(WHY_OPEN)
def home(request: HttpRequest) -> HttpResponseBase:
    """What concerns the person whose turn it is; for a phone that stands for nobody, how to begin."""
    _device, worker = find_phone(request)
    if worker is None:
        return keep_private(render(request, "people/own/nobody.html"))
    response = shown_to(worker, _person, request)
    keep_people(response, people_on(request))
    return response


def _person(request: WorkerRequest) -> HttpResponse:
    values = {"worker": request.worker, "sections": own_sections_for(request.worker, now=present())}
    return render(request, "people/own/home.html", values)
