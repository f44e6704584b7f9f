"""The worker's own page."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fugong.core.clock import now as present
from fugong.core.web.pages import public
from fugong.people import queries
from fugong.people.web.own import WHY_OPEN, WorkerRequest, worker_page
from fugong.people.web.own_sections import own_sections_for
from fugong.people.web.phones import asked_as, keep_people, keep_private, people_on


@public(WHY_OPEN)
def home(request: HttpRequest) -> HttpResponseBase:
    """What concerns the person whose turn it is; for a phone that stands for nobody, how to begin."""
    token = asked_as(request)
    if token is None or queries.worker_of(token) is None:
        return keep_private(render(request, "people/own/nobody.html"))
    response = cast(HttpResponse, _person(request))
    keep_people(response, people_on(request))
    return response


@worker_page
def _person(request: WorkerRequest) -> HttpResponse:
    values = {"worker": request.worker, "sections": own_sections_for(request.worker, now=present())}
    return render(request, "people/own/home.html", values)
