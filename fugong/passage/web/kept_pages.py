"""The script by which a browser keeps a page for when there is no network."""

from __future__ import annotations

from typing import Final

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fugong.core.web.pages import public

SAME_FOR_ALL: Final = "the same file for everybody, which says nothing of anybody"
_SCRIPT: Final = "passage/page_worker.js"


@public(SAME_FOR_ALL)
@require_safe
def worker_script(request: HttpRequest) -> HttpResponse:
    """Lies below the page: a browser lets a script answer for no other addresses than those beside it."""
    found = finders.find(_SCRIPT)
    if found is None:
        raise Http404()
    with open(str(found), "rb") as file:
        response = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
