"""What is kept until when, and the approval and proof of destructions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.command.web import destruction_paper, ending_shown
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.ending import approving, queries, verifying
from fugong.core.refusals import NotFound, NotPermitted
from fugong.core.retention import retention_class, retention_classes, terms
from fugong.core.web.pages import AskingRequest, action, page, public
from fugong.core.web.refusing import or_errors

SEE = terms.SEE
REASON = forms.CharField(label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class TermForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("Empty: as long as the product or the playbook says."),
    )
    reason = REASON


class EmergencyForm(forms.Form):
    ended_on = forms.DateField(
        label=gettext_lazy("Ended on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: it has not ended."),
    )
    reason = REASON


class ApproveForm(forms.Form):
    witnesses = forms.CharField(
        label=gettext_lazy("Witnesses"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who will be there, one a line: name and post."),
    )

    def named(self) -> list[str]:
        return str(self.cleaned_data["witnesses"]).splitlines()


@page(SEE)
def overview(request: AskingRequest) -> HttpResponse:
    actor, today = request.actor, local_date(present())
    ended_on = terms.emergency_ended_on(actor.authority_id)
    found = terms.terms(actor.authority_id, on=today)
    values = {
        "lines": [ending_shown.line_of(term, ended_on=ended_on) for term in found.values()],
        "ended_on": ended_on,
        "plans": [ending_shown.plan_line(plan) for plan in queries.list_plans(actor)],
        "may_set": actor.may(terms.SET),
        "may_end": actor.may(terms.END_EMERGENCY),
    }
    return render(request, "command/retention.html", values)


@action(terms.SET)
def term(request: AskingRequest, retention: str) -> HttpResponse:
    try:
        kept = retention_class(retention)
    except KeyError:
        raise NotFound() from None
    current = terms.terms(request.actor.authority_id, on=local_date(present()))[retention]
    form = TermForm(request.POST or None, initial={"days": current.days if current.is_changed else None})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            days, reason = form.cleaned_data["days"], form.cleaned_data["reason"]
            terms.set_term(retention, days, reason=reason, actor=request.actor, now=present())
            messages.success(request, _("The term is changed."))
            return redirect("command:retention")
    values = {"form": form, "line": ending_shown.line_of(current, ended_on=None), "kept": kept}
    return _form(request, "command/retention_term.html", form, values)


@action(terms.END_EMERGENCY)
def emergency(request: AskingRequest) -> HttpResponse:
    initial = {"ended_on": terms.emergency_ended_on(request.actor.authority_id)}
    form = EmergencyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            day, reason = form.cleaned_data["ended_on"], form.cleaned_data["reason"]
            terms.end_emergency(day, reason=reason, actor=request.actor, now=present())
            messages.success(request, _("It is recorded. The terms after the emergency run from that day."))
            return redirect("command:retention")
    return _form(request, "command/end_emergency.html", form, {})


@page(SEE)
def plan(request: AskingRequest, plan_id: UUID) -> HttpResponse:
    return render(request, "command/destruction.html", _plan_values(request, plan_id))


@action(SEE)
def approve(request: AskingRequest, plan_id: UUID) -> HttpResponse:
    found = queries.get_plan(request.actor, plan_id)
    if approving.side_of(request.actor) is None:
        raise NotPermitted()
    form = ApproveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            approving.approve(found.id, witnesses=form.named(), actor=request.actor, now=present())
            messages.success(request, _("Your side has approved the plan."))
            return redirect("command:destruction", found.id)
    return _form(request, "command/approve_destruction.html", form, _plan_values(request, plan_id))


@page(SEE)
def certificate(request: AskingRequest, plan_id: UUID) -> HttpResponse:
    found = queries.get_certificate(request.actor, plan_id)
    values = {
        "certificate": found,
        "paper": ending_shown.paper_of(found),
        "verdict": verifying.verify(found) if "verify" in request.GET else None,
    }
    return render(request, "command/destruction_certificate.html", values)


@page(SEE)
def word(request: AskingRequest, plan_id: UUID) -> HttpResponse:
    found = queries.get_certificate(request.actor, plan_id)
    content = destruction_paper.paper_of(ending_shown.paper_of(found))
    response = HttpResponse(content, content_type=destruction_paper.CONTENT_TYPE)
    name = f"destruction-{found.plan.number}.docx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public("whoever is asked for personal data may know what it is kept for and until when")
def public_text(request: HttpRequest) -> HttpResponse:
    kept = [each for each in retention_classes() if each.is_personal]
    return render(request, "command/what_is_kept.html", {"classes": kept})


def _plan_values(request: AskingRequest, plan_id: UUID) -> dict[str, Any]:
    found = queries.get_plan(request.actor, plan_id)
    side = approving.side_of(request.actor)
    sides = {each.side for each in found.approvals.all()}
    return {
        "plan": found,
        "line": ending_shown.plan_line(found),
        "parts": ending_shown.parts_of(found),
        "keys": ending_shown.keys_of(found),
        "approvals": found.approvals.all(),
        "may_approve": side is not None and side not in sides,
    }


def _form(request: AskingRequest, template: str, form: forms.Form, values: dict[str, Any]) -> HttpResponse:
    return render(request, template, values | {"form": form}, status=422 if form.errors else 200)
