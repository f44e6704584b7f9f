"""What arrives at the server, looked at before anybody reads it: not too much, and only text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Refused

MEGABYTE: Final = 1024 * 1024
FOR_NOBODY: Final = MEGABYTE
"""Bytes from whoever is not signed in: a password, a code, a passkey's answer."""

FILES_AT_ONCE: Final = 20
"""As many as a visit on site has photos, each as large as evidence may be."""

LARGEST_LIST: Final = 40 * MEGABYTE
"""A list of a hundred thousand enterprises, with room around it."""


class TooMuch(Refused):
    """More than any page of ours sends. Without this bound anybody could fill the disk: a form is stored
    while it arrives, long before a view looks at it."""

    status = 413


class Arriving:
    """Stands behind the one who says who asks, and before all that read what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or has_nul(request.GET):
            raise SuspiciousOperation("a NUL in the address")
        if _length(request) > limit_for(request):
            refusal = TooMuch(_("This is more than can be sent at once."), code="too_much")
            return render(request, "core/refused.html", {"refusal": refusal}, status=refusal.status)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """No keyboard types a NUL, and PostgreSQL keeps none."""
        if request.method == "POST" and has_nul(request.POST):
            raise SuspiciousOperation("a NUL in the form")


def limit_for(request: HttpRequest) -> int:
    if getattr(request, "actor", None) is None:
        return FOR_NOBODY
    return max(FILES_AT_ONCE * int(settings.FUGONG_EVIDENCE_LIMIT_MB) * MEGABYTE, LARGEST_LIST)


def has_nul(sent: QueryDict) -> bool:
    return any("\0" in text for name, texts in sent.lists() for text in (name, *texts))


def _length(request: HttpRequest) -> int:
    """As announced; Django reads no further. Without an announcement it reads nothing."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else 0
