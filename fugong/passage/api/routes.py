"""Crossings from desks: a device's token instead of a session, JSON in and out, any number of times."""

from __future__ import annotations

import hashlib
from typing import Final

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from fugong.core.clock import now as present
from fugong.core.web.pages import public
from fugong.passage.api.schemas import Batch, told
from fugong.passage.operations.crossings import record_crossings
from fugong.passage.queries.crossings import DeskAt, find_desk

BEARER: Final = "Bearer "


@public("a desk has no account: it shows a token of its own instead of a session")
@csrf_exempt
@require_POST
def crossings(request: HttpRequest) -> JsonResponse:
    desk = _desk(request)
    if desk is None:
        sentence = _("This device is not known any more. Pair it again at the office.")
        response = _error(401, "unknown_device", sentence)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if request.content_type != "application/json":
        return _error(415, "not_json", _("Send JSON."))
    try:
        batch = Batch.model_validate_json(request.body)
    except ValidationError as invalid:
        return _error(422, "malformed", _("The call cannot be read."), _where(invalid))
    answers = record_crossings([each.data() for each in batch.crossings], desk, now=present())
    return JsonResponse({"crossings": [told(each) for each in answers]})


def _desk(request: HttpRequest) -> DeskAt | None:
    said = request.headers.get("Authorization", "")
    if not said.startswith(BEARER):
        return None
    return find_desk(hashlib.sha256(said.removeprefix(BEARER).encode()).digest())


def _where(invalid: ValidationError) -> dict[str, str]:
    """Each fault under its path, without the value: it may be somebody's number."""
    return {".".join(map(str, error["loc"])) or "body": error["msg"] for error in invalid.errors()}


def _error(status: int, code: str, message: str, fields: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, "fields": fields or {}}, status=status)
