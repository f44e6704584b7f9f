"""One answer for two askers: the whole page, or for htmx the part it asks to replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from fugong.core.web.tables import BoundTable

TABLE_PART = "parts/table.html#results"


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str | None = None,
    table: BoundTable[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or only what htmx is about to replace.

    `part` names a `{% partialdef %}` of the template that stands in an element of the same id. `table` is
    drawn by `{% include "parts/table.html" %}` and replaces its own results; its page size is remembered.
    """
    values = {**(context or {}), **({"table": table} if table else {})}
    target = wanted_part(request)
    name = template
    if part and target == part:
        name = f"{template}#{part}"
    elif table and target == table.region:
        name = TABLE_PART
    response = render(request, name, values, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if table:
        table.remember(response)
    if table and name == TABLE_PART:
        response.headers["HX-Push-Url"] = table.current_url
    return response


def wanted_part(request: HttpRequest) -> str | None:
    """The id of the element htmx replaces; None when the browser asks for a page."""
    htmx = HtmxDetails(request)
    if not htmx or htmx.history_restore_request:
        return None
    return htmx.target
