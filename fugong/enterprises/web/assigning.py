from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.accounts import operations as accounts
from fugong.accounts import queries as people
from fugong.accounts.choices import ENTERPRISE, AssignmentKind, Subject
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE
from fugong.core.refusals import NotFound
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.enterprises import permissions, queries
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.responsibility import Rules, rules_on
from fugong.enterprises.web.forms import DAY
from fugong.enterprises.web.responsible import ResponsibilityPage
from fugong.enterprises.web.shown import address_of


class AssignForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Answers as"))
    person = forms.TypedChoiceField(label=gettext_lazy("Responsible person"), coerce=UUID)
    day = forms.DateField(label=gettext_lazy("From"), widget=DAY)


class HandOverForm(forms.Form):
    """Without a successor the responsibility ends."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Successor"),
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Leave empty to end it without a successor."),
    )
    day = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)


@page(permissions.SEE_RESPONSIBILITY)
def responsibility(request: AskingRequest) -> HttpResponse:
    shown = ResponsibilityPage(request.actor, now=present())
    values = {"figures": shown.figures, "carried": shown.carried, "has_rules": shown.rules.is_known}
    return render_page(request, "enterprises/responsibility.html", values, table=shown.table(request))


@action(MAKE, methods=("POST",))
def export_responsibility(request: AskingRequest) -> FileResponse:
    now = present()
    table = ResponsibilityPage(request.actor, now=now).table(request)
    return answer_export(request, table, now=now, needs=(MAKE, permissions.SEE_RESPONSIBILITY))


@action(permissions.ASSIGN)
def assign(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = _checked(actor, enterprise_id)
    rules = rules_on(local_date(now))
    form = AssignForm(request.POST or None, initial={"day": local_date(now), "kind": request.GET.get("kind")})
    form.fields["kind"].choices = [(kind.key, kind.label) for kind in rules.kinds]  # type: ignore[attr-defined]
    form.fields["person"].choices = _people(actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _assigned(form, enterprise, rules, actor):
        messages.success(request, _("Recorded who answers for %(name)s.") % {"name": enterprise.name})
        return redirect(address_of(enterprise))
    values = {"form": form, "enterprise": enterprise}
    return render(request, "enterprises/assign.html", values, status=422 if form.errors else 200)


@action(permissions.ASSIGN)
def hand_over(request: AskingRequest, enterprise_id: UUID, assignment_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = _checked(actor, enterprise_id)
    known = people.list_about(ENTERPRISE, enterprise.id, actor=actor)
    assignment = next((row for row in known if row.id == assignment_id), None)
    if assignment is None:
        raise NotFound()
    form = HandOverForm(request.POST or None, initial={"day": local_date(now)})
    form.fields["person"].choices = [("", "—"), *_people(actor)]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _handed_over(form, assignment, actor):
        messages.success(request, _("Recorded who answers for %(name)s.") % {"name": enterprise.name})
        return redirect(address_of(enterprise))
    values = {"form": form, "enterprise": enterprise, "assignment": assignment}
    return render(request, "enterprises/hand_over.html", values, status=422 if form.errors else 200)


def _checked(actor: Actor, enterprise_id: UUID) -> Enterprise:
    enterprise = queries.get_enterprise(actor, enterprise_id)
    permissions.check_may_assign(actor, enterprise.area_id)
    return enterprise


def _people(actor: Actor) -> list[tuple[str, str]]:
    """Those whose roles let them see enterprises, but who do not speak for one."""
    found = people.users_who_may_answer(permissions.SEE, actor=actor, now=present())
    return [(str(user.id), f"{user.name} ({user.username})") for user in found]


def _assigned(form: AssignForm, enterprise: Enterprise, rules: Rules, actor: Actor) -> bool:
    given = form.cleaned_data
    kind = next(kind for kind in rules.kinds if kind.key == given["kind"])
    with or_errors(form):
        accounts.assign(
            people.get_user(given["person"], actor=actor),
            kind=AssignmentKind(kind.key, kind.name_zh, kind.name_en),
            subject=Subject(ENTERPRISE, enterprise.id, enterprise.name[:120]),
            starts_on=given["day"],
            actor=actor,
            now=present(),
        )
        return True
    return False


def _handed_over(form: HandOverForm, assignment: Any, actor: Actor) -> bool:
    given, now = form.cleaned_data, present()
    with or_errors(form):
        if given["person"] is None:
            accounts.end_assignment(
                assignment, ends_on=given["day"], actor=actor, now=now, note=given["note"]
            )
        else:
            successor = people.get_user(given["person"], actor=actor)
            accounts.hand_over(
                assignment, to=successor, starts_on=given["day"], actor=actor, now=now, note=given["note"]
            )
        return True
    return False
