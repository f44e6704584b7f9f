"""Thermometers of an enterprise: who has a key, a new one, and one taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.clock import now as present
from fugong.core.refusals import NotPermitted
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.health import operations, queries
from fugong.health.choices import KIOSKS
from fugong.health.permissions import may_keep_kiosks
from fugong.health.web.forms import KioskForm


@page(KIOSKS)
def listing(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    place = _place(request, enterprise_id)
    kiosks = queries.list_kiosks(enterprise_id, actor=request.actor)
    values = {"enterprise": place, "kiosks": kiosks, "form": KioskForm()}
    return render(request, "health/kiosks.html", values)


@action(KIOSKS, methods=("POST",))
def issue(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """The key is shown on this answer once, and never again."""
    place, form = _place(request, enterprise_id), KioskForm(request.POST)
    issued = None
    if form.is_valid():
        with or_errors(form):
            name = form.cleaned_data["name"]
            issued = operations.issue_kiosk(enterprise_id, name, actor=request.actor, now=present())
    values = {
        "enterprise": place,
        "kiosks": queries.list_kiosks(enterprise_id, actor=request.actor),
        "form": KioskForm() if issued else form,
        "issued": issued,
    }
    return render(request, "health/kiosks.html", values, status=200 if issued else 422)


@action(KIOSKS, methods=("POST",))
def revoke(request: AskingRequest, kiosk_id: UUID) -> HttpResponse:
    kiosk = operations.revoke_kiosk(kiosk_id, actor=request.actor, now=present())
    messages.success(request, _("The key of %(name)s opens nothing any more.") % {"name": kiosk.name})
    return redirect("health:kiosks", kiosk.enterprise_id)


def _place(request: AskingRequest, enterprise_id: UUID) -> Any:
    place = enterprises.get_enterprise(request.actor, enterprise_id)
    if not may_keep_kiosks(request.actor, place):
        raise NotPermitted()
    return place
