from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from fugong.core.web.pages import AskingRequest, page
from fugong.health.choices import SEE


@page(SEE)
def detail(request: AskingRequest, incident_id: UUID) -> HttpResponse:
    return HttpResponse("")
