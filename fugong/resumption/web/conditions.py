"""The conditions of an approval: what the enterprise says of them, and who has looked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.resumption import operations, permissions
from fugong.resumption.choices import APPLY
from fugong.resumption.models import Application
from fugong.resumption.queries.applications import get_application, list_conditions
from fugong.resumption.web.forms import SayForm

REPORT = gettext_lazy("Report that a condition is kept")
SEND_BACK = gettext_lazy("Not kept: send it back to the enterprise")


@action(methods=("POST",))
def confirm(request: AskingRequest, application_id: UUID, condition_id: UUID) -> HttpResponse:
    operations.confirm_condition(application_id, condition_id, actor=request.actor, now=present())
    messages.success(request, _("The condition is recorded as fulfilled."))
    return redirect("resumption:application", application_id)


@action(APPLY)
def report(request: AskingRequest, application_id: UUID, condition_id: UUID) -> HttpResponse:
    found = get_application(request.actor, application_id)
    permissions.check_may_apply(request.actor, found.enterprise_id)
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            note = form.cleaned_data["note"]
            operations.report_condition(found.id, condition_id, note=note, actor=request.actor, now=present())
            messages.success(request, _("Reported. Somebody will look and confirm it."))
            return redirect("resumption:application", application_id)
    return _asked(request, found, condition_id, form, REPORT)


@action()
def send_back(request: AskingRequest, application_id: UUID, condition_id: UUID) -> HttpResponse:
    found = get_application(request.actor, application_id)
    permissions.check_may_confirm_condition(request.actor, found)
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            note = form.cleaned_data["note"]
            operations.send_condition_back(
                found.id, condition_id, note=note, actor=request.actor, now=present()
            )
            messages.success(request, _("The enterprise is told what is missing."))
            return redirect("resumption:application", application_id)
    return _asked(request, found, condition_id, form, SEND_BACK)


def condition_rows(found: Application, actor: Actor) -> list[dict[str, object]]:
    """Each condition with what this person may do about it now."""
    looks = permissions.may_confirm_condition(actor, found)
    own = permissions.may_apply(actor, found.enterprise_id)
    return [
        {
            "condition": each,
            "may_confirm": looks and each.fulfilled_at is None,
            "may_send_back": looks and each.fulfilled_at is None and each.done_at is not None,
            "may_report": own and each.fulfilled_at is None and each.done_at is None,
        }
        for each in list_conditions(found)
    ]


def _asked(
    request: AskingRequest, found: Application, condition_id: UUID, form: SayForm, heading: Promise
) -> HttpResponse:
    condition = next((each for each in list_conditions(found) if each.id == condition_id), None)
    if condition is None:
        raise NotFound
    values = {"application": found, "condition": condition, "form": form, "heading": heading}
    return render(request, "resumption/condition.html", values, status=422 if form.errors else 200)
