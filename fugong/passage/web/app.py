"""The app that guards carry: the same page for everybody, knowing nothing until its phone is paired."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fugong.core.web.middleware import POLICY
from fugong.core.web.pages import public
from fugong.passage.queries.devices import gate_address
from fugong.passage.web import app_files
from fugong.passage.web.app_words import words

WHY_OPEN: Final = "the app of guards' phones: it knows nothing until its phone is paired, and opens offline"


def policy() -> str:
    """The reader of codes is WebAssembly, and the gate process may have another address than the pages."""
    scripts = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    return f"{scripts}; connect-src 'self' {gate_address()}"


@public(WHY_OPEN)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    answer = render(request, "passage/app.html", _values())
    answer["Content-Security-Policy"] = policy()
    answer["Cache-Control"] = "no-cache"
    return answer


@public(WHY_OPEN)
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    page = reverse("gate_app:page")
    icon = {"src": static("core/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    told = {
        "name": _("Fugong at the gate"),
        "short_name": _("Gate app"),
        "lang": translation.get_language(),
        "id": page,
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f3f5f8",
        "theme_color": "#1b4a82",
        "icons": [icon],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@public(WHY_OPEN)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        told = app_files.version(render_to_string("passage/app.html", _values()))
    head = f'const VERSION = "{told}";\nconst FILES = {json.dumps(app_files.addresses())};\n'
    return HttpResponse(
        head + app_files.service_worker(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@public(WHY_OPEN)
@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """The code by which a refused person comes to the own page, where the reason and the objection are."""
    drawn = io.BytesIO()
    made = segno.make(settings.FUGONG_PUBLIC_URL + reverse("own:home"), error="m", micro=False)
    made.save(drawn, kind="svg", scale=8, border=2, xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


def _values() -> dict[str, Any]:
    return {
        "words": words(),
        "facts": {
            "reader": static(app_files.READER),
            "worker": reverse("gate_app:service_worker"),
            "pair": reverse("gate_app:page") + "pair/",
            "language": translation.get_language(),
        },
    }
