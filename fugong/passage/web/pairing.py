"""The door by which a device gets its token."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fugong.accounts.operations import TooManyTries, count_use
from fugong.core.clock import now as present
from fugong.core.refusals import Refused
from fugong.core.web.pages import public
from fugong.passage.operations.devices import BadPairing, Paired, pair
from fugong.passage.queries.devices import gate_address
from fugong.passage.rules.pairing import Pairing

DOOR: Final = "gate_pairing"
TRIES: Final = (30, timedelta(minutes=15))
"""From one address: a park pairs its phones from behind one."""
CODE_MOST: Final = 80


@public("a device has no account: it shows a code that is good once and for minutes")
@csrf_exempt
@require_POST
def pair_device(request: HttpRequest) -> JsonResponse:
    now = present()
    try:
        address: str = get_adapter().get_client_ip(request)
        count_use({f"address:{address}": TRIES}, door=DOOR, now=now)
        pairing = Pairing.parse(_code(request))
        if pairing is None:
            raise BadPairing()
        return _told(pair(pairing, now=now))
    except TooManyTries as refusal:
        return _error(429, refusal.code, str(refusal))
    except Refused as refusal:
        return _error(400, refusal.code, str(refusal))
    except ValueError:
        return _error(400, "malformed", _("Send JSON with the code."))


def _code(request: HttpRequest) -> str:
    """Raises ValueError for what is no JSON object with a code."""
    sent = json.loads(request.body)
    code = sent.get("code") if isinstance(sent, dict) else None
    if not isinstance(code, str) or len(code) > CODE_MOST:
        raise ValueError("no code")
    return code


def _told(paired: Paired) -> JsonResponse:
    device = paired.device
    return JsonResponse(
        {"token": paired.token, "label": device.label, "kind": device.kind, "address": gate_address()}
    )


def _error(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)
