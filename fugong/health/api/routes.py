"""The door for thermometers: a key instead of a session, JSON in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from pydantic import ValidationError

from fugong.core.clock import now as present
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import public
from fugong.health import operations
from fugong.health.api.schemas import Answered, Batch, Error, LineAnswer, openapi
from fugong.health.models import Kiosk

BEARER: Final = "Bearer "
KEY_LENGTH: Final = (8, 64)


@public("a thermometer shows a key of its own instead of a session")
@csrf_exempt
@require_POST
def temperature(request: HttpRequest) -> JsonResponse:
    kiosk = _kiosk(request)
    if kiosk is None:
        return _error(401, "unknown_key", _("The key of this thermometer opens nothing. Ask for a new one."))
    if request.content_type != "application/json":
        return _error(415, "not_json", _("Send JSON."))
    key = request.headers.get("Idempotency-Key", "")
    if not KEY_LENGTH[0] <= len(key) <= KEY_LENGTH[1]:
        sentence = _("Send a key of 8 to 64 characters with each call.")
        return _error(422, "no_key", sentence, {"Idempotency-Key": sentence})
    try:
        batch = Batch.model_validate_json(request.body)
    except ValidationError as invalid:
        return _error(422, "malformed", _("The call cannot be read."), _where(invalid))
    return _measured(kiosk, batch, key, request.body)


def _measured(kiosk: Kiosk, batch: Batch, key: str, body: bytes) -> JsonResponse:
    lines = [each.measured() for each in batch.measurements]
    try:
        with acting_for(kiosk.authority_id):
            answers = operations.measure(kiosk, lines, key=key, body=body, now=present())
    except Refused as refusal:
        fields = {name: str(sentence) for name, sentence in refusal.fields.items()}
        return _error(refusal.status, refusal.code, str(refusal), fields)
    told = [LineAnswer.model_validate(answer) for answer in answers]
    kept = sum(line.kept for line in told)
    return JsonResponse(Answered(kept=kept, refused=len(told) - kept, lines=told).model_dump())


@public("it describes the door and says nothing about anybody")
@require_GET
def description(request: HttpRequest) -> JsonResponse:
    return JsonResponse(openapi())


def _kiosk(request: HttpRequest) -> Kiosk | None:
    said = request.headers.get("Authorization", "")
    return operations.find_kiosk(said.removeprefix(BEARER)) if said.startswith(BEARER) else None


def _where(invalid: ValidationError) -> dict[str, str]:
    """Each fault under its path, without the value: it may be somebody's number."""
    return {".".join(map(str, error["loc"])) or "body": error["msg"] for error in invalid.errors()}


def _error(status: int, code: str, message: str, fields: Mapping[str, str] | None = None) -> JsonResponse:
    body = Error(code=code, message=message, fields=dict(fields or {}))
    response = JsonResponse(body.model_dump(), status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
