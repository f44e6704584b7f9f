from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.parts import Term
from fugong.core.web.refusing import or_errors
from fugong.enterprises.queries import get_enterprise
from fugong.resumption import operations, permissions
from fugong.resumption.choices import REOPEN, SUSPEND, SuspensionReason, SuspensionState
from fugong.resumption.models import Suspension
from fugong.resumption.queries.suspensions import decisions_about_suspension, get_suspension
from fugong.resumption.rules.suspending import is_over
from fugong.resumption.web import shown
from fugong.resumption.web.forms import SettleForm, SuspensionForm

USUAL = timedelta(days=14)
Settle = Callable[..., Suspension]


@action(SUSPEND)
def propose(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    actor = request.actor
    enterprise = get_enterprise(actor, enterprise_id)
    permissions.check_may_propose_suspension(actor, enterprise_id=enterprise.id, area_id=enterprise.area_id)
    initial = {"ends_on": local_date(present()) + USUAL}
    form = SuspensionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            proposed = operations.propose_suspension(
                form.data_given(enterprise_id), actor=actor, now=present()
            )
            messages.success(request, _("Proposed. It takes effect when a second person confirms."))
            return redirect("resumption:suspension", proposed.id)
    values = {"form": form, "enterprise": enterprise}
    return render(request, "resumption/propose.html", values, status=422 if form.errors else 200)


@page()
def suspension(request: AskingRequest, suspension_id: UUID) -> HttpResponse:
    found = get_suspension(request.actor, suspension_id)
    return render(request, "resumption/suspension.html", _values(request, found))


@action(SUSPEND, methods=("POST",))
def confirm(request: AskingRequest, suspension_id: UUID) -> HttpResponse:
    done = gettext_lazy("The suspension is in force.")
    return _settled(request, suspension_id, operations.confirm_suspension, str(done))


@action(SUSPEND, methods=("POST",))
def decline(request: AskingRequest, suspension_id: UUID) -> HttpResponse:
    done = gettext_lazy("The proposal is declined; nothing happened to the enterprise.")
    return _settled(request, suspension_id, operations.decline_suspension, str(done))


@action(REOPEN, methods=("POST",))
def lift(request: AskingRequest, suspension_id: UUID) -> HttpResponse:
    done = gettext_lazy("The suspension is lifted; the enterprise works again.")
    return _settled(request, suspension_id, operations.lift_suspension, str(done))


def _settled(request: AskingRequest, suspension_id: UUID, settle: Settle, done: str) -> HttpResponse:
    found = get_suspension(request.actor, suspension_id)
    form = SettleForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        settle(
            suspension_id,
            actor=request.actor,
            now=present(),
            note=given["note"],
            version=given["version"],
        )
        messages.success(request, done)
        return redirect("resumption:suspension", suspension_id)
    values = _values(request, found, form=form)
    return render(request, "resumption/suspension.html", values, status=422)


def _values(
    request: AskingRequest, found: Suspension, *, form: SettleForm | None = None
) -> dict[str, object]:
    actor = request.actor
    proposed = found.state == SuspensionState.PROPOSED
    return {
        "suspension": found,
        "status": shown.suspension_status(found.state),
        "terms": _terms(found),
        "whys": [shown.why_of(record) for record in decisions_about_suspension(found)],
        "form": form or SettleForm(initial={"version": found.version}),
        "may_settle": proposed and permissions.may_settle_suspension(actor, found),
        "is_over": proposed and is_over(found.ends_at, now=present()),
        "waits_for_other": proposed and actor.user_id == found.proposed_by_id,
        "may_lift": found.state == SuspensionState.IN_FORCE and permissions.may_lift_suspension(actor, found),
    }


def _terms(found: Suspension) -> list[Term]:
    return [
        Term(_("Enterprise"), found.enterprise.name),
        Term(_("Reason"), SuspensionReason(found.reason).label),
        Term(_("Evidence"), found.evidence),
        Term(_("Proposed by"), found.proposed_by_name),
        Term(_("Proposed"), shown.moment(found.proposed_at)),
        Term(_("Second person"), found.settled_by_name),
        Term(_("Last day"), local_date(found.ends_at - timedelta(microseconds=1)).isoformat()),
        Term(_("Ended"), shown.moment(found.ended_at)),
        Term(_("Ended by"), found.ended_by_name),
    ]
