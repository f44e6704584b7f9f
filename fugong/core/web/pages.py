"""Every view is a @page (reads), an @action (writes) or @public; whatever is not marked is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from fugong.core import horizon
from fugong.core.actor import Actor
from fugong.core.web import once

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may reach a view: anybody (with the reason), anyone signed in, or holders of one permission."""

    kind: str  # "page" | "action" | "public"
    permission: str | None = None
    why_public: str = ""


class AskingRequest(HttpRequest):
    """A request behind the closed door: it always has an actor."""

    actor: Actor


def page(permission: str | None = None) -> Callable[[View], View]:
    """A view that reads. The database itself refuses any write inside it."""
    return _closed(Access("page", permission), ["GET", "HEAD"], reading)


def action(
    permission: str | None = None, *, methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[[View], View]:
    """A view that writes on POST (and shows its form on GET). A repeated POST is answered once."""
    return _closed(Access("action", permission), list(methods), writing)


def public(why: str) -> Callable[[View], View]:
    """A view for anybody. `why` it must be open is kept, and printed in the list of URLs."""

    def mark(view: View) -> View:
        return _marked(view, Access("public", why_public=why))

    return mark


def access_of(view: object) -> Access | None:
    return getattr(view, "fugong_access", None)


def _closed(
    access: Access, methods: list[str], run: Callable[..., HttpResponseBase]
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None or (access.permission and not actor.may(access.permission)):
                raise PermissionDenied(access.permission or "signed in")
            return run(view, request, *args, **kwargs)

        return _marked(require_http_methods(methods)(checked), access)

    return decorate


def _marked(view: View, access: Access) -> View:
    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    cast(Any, marked).fugong_access = access
    return marked


def reading(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Runs a view in a transaction that refuses to write. For decorators of other doors than this one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local transaction_read_only = on")
        return _rendered(view(request, *args, **kwargs))


def writing(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Runs a view once for each form, and keeps nothing of one that is refused. `request.actor` must be
    set."""
    if request.method != "POST":
        return reading(view, request, *args, **kwargs)
    horizon.wait(cast(AskingRequest, request).actor.authority_id)
    with transaction.atomic():
        earlier = once.claim(request)
        if earlier is not None:
            return earlier
        response = _rendered(view(request, *args, **kwargs))
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            once.keep(request, cast(HttpResponse, response))
        return response


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Templates that render late would read outside the transaction and the tenant."""
    render = getattr(response, "render", None)
    return cast(HttpResponseBase, render()) if callable(render) else response
