"""The rival: the same scan as a plain Django view, one row of the ORM for each.

Loaded by `rival` when Django is ready.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

from fugong.core.tenancy import acting_for
from fugong.passage.models import Scan
from fugong.passage.rules.codes import LiveCode, fault_online

AUTHORITY, SECRET = UUID(os.environ["BENCH_AUTHORITY"]), bytes.fromhex(os.environ["BENCH_SECRET"])


def scan(request: HttpRequest) -> JsonResponse:
    sent: dict[str, Any] = json.loads(request.body)
    code = LiveCode.parse(sent["code"])
    at = datetime.fromtimestamp(sent["at"] / 1_000_000, UTC)
    fault = fault_online(code, {1: SECRET}, at) if code else "malformed"
    with acting_for(AUTHORITY):
        Scan.objects.create(
            authority_id=AUTHORITY,
            gate=sent["gate"],
            at=at,
            nonce=sent["nonce"],
            received_at=datetime.now(UTC),
            device=AUTHORITY,
            subject=code.claim.person if code else None,
            subject_kind=1,
            way=1,
            direction=sent["direction"],
            answer=3 if fault else 1,
            reason=0,
            flags=0,
            temperature=sent["temperature"],
        )
    return JsonResponse({"nonce": sent["nonce"], "answer": 3 if fault else 1})


urlpatterns = [path("gate/scan", scan)]
application = get_wsgi_application()
