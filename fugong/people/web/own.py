"""The door of a worker's own pages: no account, a phone that is known by its cookie.

`@worker_page` and `@worker_action` are to a worker what `@page` and `@action` are to an official. Both may be
on one phone at once: inside, the request acts for the worker alone, whoever else is signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import View, public, reading, writing
from fugong.people import queries
from fugong.people.models import Device
from fugong.people.operations.seeing import note_seen
from fugong.people.queries import Worker
from fugong.people.web.phones import asked_as, keep_private, people_on

WHY_OPEN: Final = "a worker has no account: the phone is known by its cookie"
HOME: Final = "own:home"


class WorkerRequest(HttpRequest):
    """Behind this door it always has a worker; `actor` is the worker's."""

    worker: Worker
    actor: Actor


Before = Callable[["WorkerRequest"], None]


def worker_page(view: View) -> View:
    """A view that reads, for the worker on this phone. Who is none is led to the page that says how."""
    return _own(view, ("GET", "HEAD"), reading)


def worker_action(view: View) -> View:
    """A view that writes on POST (and shows its form on GET). A repeated POST is answered once.

    Its forms hold `{% include "people/own/parts/keys.html" %}`.
    """
    return _own(view, ("GET", "POST"), writing)


def guarded(count: Before) -> Callable[[View], View]:
    """As `worker_action`, with what is counted of each POST before its transaction, which may be rolled
    back. `count` raises what refuses it."""
    return lambda view: _own(view, ("GET", "POST"), _counted(count))


def _counted(count: Before) -> Callable[..., HttpResponseBase]:
    def run(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            count(cast(WorkerRequest, request))
        return writing(view, request, *args, **kwargs)

    return run


def shown_to(worker: Worker, view: View, request: HttpRequest) -> HttpResponseBase:
    """For the one page that also has something to say to a phone that stands for nobody."""
    return _entered(worker, reading, view, request)


def find_phone(request: HttpRequest) -> tuple[Device | None, Worker | None]:
    """The phone and the worker whose turn it is. A phone may be known and stand for nobody (yet)."""
    token = asked_as(request)
    device = queries.find_device(token) if token else None
    if token is None or device is None:
        return None, None
    worker = queries.worker_on(device, token)
    if worker is not None:
        note_seen(device, now=present())
    return device, worker


def workers_on(request: HttpRequest) -> list[Worker]:
    """All for whom the phone stands, the one whose turn it is first."""
    found = (queries.worker_of(token) for token in people_on(request))
    return [worker for worker in found if worker is not None]


def _own(view: View, methods: tuple[str, ...], run: Callable[..., HttpResponseBase]) -> View:
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _device, worker = find_phone(request)
        if worker is None:
            return keep_private(redirect(HOME))
        return _entered(worker, run, view, request, *args, **kwargs)

    return public(WHY_OPEN)(require_http_methods(list(methods))(entered))


def _entered(
    worker: Worker,
    run: Callable[..., HttpResponseBase],
    view: View,
    request: HttpRequest,
    /,
    *args: Any,
    **kwargs: Any,
) -> HttpResponseBase:
    with acting_for(worker.authority_id), _as(request, worker):
        return keep_private(_answered(run, view, request, *args, **kwargs))


@contextmanager
def _as(request: Any, worker: Worker) -> Iterator[None]:
    """An official who is signed in on the same phone comes back when the worker's page is done."""
    before = getattr(request, "actor", None)
    request.worker, request.actor = worker, worker.actor
    try:
        yield
    finally:
        request.actor = before


def _answered(
    run: Callable[..., HttpResponseBase], view: View, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    try:
        return run(view, request, *args, **kwargs)
    except Refused as refusal:
        values = {"refusal": refusal}
        return render(request, "people/own/refused.html", values, status=refusal.status)
