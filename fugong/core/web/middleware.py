"""Around every view: a fresh tenant, safe headers, the closed door, and refusals said in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for, forget
from fugong.core.web.pages import access_of

Next = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class FreshTenant:
    """A connection is used by one request after another: none inherits the tenant of the one before."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forget()
        return self.get_response(request)


class SafeHeaders:
    """No script, style or frame from elsewhere; nothing about people in caches."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=()")
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ClosedDoor:
    """Closed unless marked: a view without @page, @action or @public is refused, whoever asks."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = getattr(request, "actor", None)
        with acting_for(actor.authority_id if actor else None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if access is not None and access.kind == "public":
            return None
        if is_sign_in(request):
            return None
        if access is None:
            raise PermissionDenied("not marked")
        if getattr(request, "actor", None) is None:
            return _to_sign_in(request)
        return None


def is_sign_in(request: HttpRequest) -> bool:
    """The sign-in pages belong to django-allauth, which guards each of them itself."""
    return request.path.startswith(settings.FUGONG_SIGN_IN_PATH)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    back = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": back.headers["Location"]})
    return back


class SayRefusals:
    """A refusal that a view did not handle becomes a page (or, for htmx, a message) with its sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "core/refused.html", {"refusal": exception}, status=exception.status)
