"""Granting and revoking roles on a person's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.accounts import operations, queries
from fugong.accounts.choices import find_subject
from fugong.accounts.models import User
from fugong.accounts.web.forms import GrantForm, ReasonForm
from fugong.areas.queries import list_areas
from fugong.core.actor import Actor
from fugong.core.clock import now
from fugong.core.refusals import Invalid
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors


@action("users.grant")
def grant(request: AskingRequest, user_id: UUID) -> HttpResponse:
    person = queries.get_user(user_id, actor=request.actor)
    roles = [(role.code, role.name) for role in queries.list_roles(actor=request.actor)]
    areas = [(str(area.id), area.name) for area in list_areas(actor=request.actor)]
    form = GrantForm(request.POST or None, roles=roles, areas=areas)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            _grant(person, form.cleaned_data, actor=request.actor)
            messages.success(request, _("Granted."))
            return redirect("accounts:user", user_id)
    values = {"form": form, "person": person}
    return render(request, "accounts/grant.html", values, status=422 if form.errors else 200)


def _grant(person: User, entered: dict[str, Any], *, actor: Actor) -> None:
    code = entered["subject"].strip()
    subject = find_subject(code, actor) if code else None
    if code and subject is None:
        sentence = _("Nothing is registered under this code.")
        raise Invalid(sentence, code="no_subject", fields={"subject": sentence})
    area_id = UUID(entered["area"]) if entered["area"] else None
    operations.grant_role(
        person, role=entered["role"], area_id=area_id, subject=subject, actor=actor, now=now()
    )


@action("users.grant")
def revoke(request: AskingRequest, membership_id: UUID) -> HttpResponse:
    held = queries.get_membership(membership_id, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.revoke_role(held, actor=request.actor, now=now(), note=form.cleaned_data["note"])
            messages.success(request, _("Revoked."))
            return redirect("accounts:user", held.user_id)
    values = {"form": form, "held": held}
    return render(request, "accounts/revoke.html", values, status=422 if form.errors else 200)
