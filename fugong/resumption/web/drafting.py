"""The enterprise's own pages: its application as a checklist, saved item by item."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import Invalid, Refused
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import get_enterprise
from fugong.resumption import operations, permissions
from fugong.resumption.choices import APPLY, AnswerValue, PointKind, Purpose
from fugong.resumption.models import Application
from fugong.resumption.queries.applications import get_application
from fugong.resumption.queries.checklist import checklist_of
from fugong.resumption.queries.terms import terms_of
from fugong.resumption.rules.signatures import read_signature
from fugong.resumption.web import shown
from fugong.resumption.web.forms import AnswerForm, NewForm, PlanForm, WithdrawForm


@action(APPLY)
def open_draft(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """One button opens the draft; everything else is said on the draft's own page."""
    actor = request.actor
    permissions.check_may_apply(actor, enterprise_id)
    enterprise = get_enterprise(actor, enterprise_id)
    suspended = enterprise.standing.state == StandingState.SUSPENDED
    purpose = Purpose.REOPEN if suspended else Purpose.RESUME
    form = NewForm(request.POST or None, initial={"purpose": purpose})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            given = form.cleaned_data
            data = operations.DraftData(
                enterprise_id, Purpose(given["purpose"]), given["planned_on"], given["planned_staff"]
            )
            application = operations.open_draft(data, actor=actor, now=present())
            return redirect("resumption:application", application.id)
    values = {"form": form, "enterprise": enterprise, "purpose": purpose}
    return render(request, "resumption/new.html", values, status=422 if form.errors else 200)


def draft_values(application: Application, *, problem: Refused | None = None) -> dict[str, object]:
    """What the page of an editable application shows. `problem`: what was refused just now,
    with its place.
    """
    terms = terms_of(application, today=local_date(present()))
    form = PlanForm(
        initial={"planned_on": application.planned_on, "planned_staff": application.planned_staff}
    )
    return {
        "application": application,
        "status": shown.status_of(application),
        "clock": shown.clock_of(application, now=present()),
        "known": shown.known_terms(application),
        "why": shown.why_route(terms),
        "checklist": checklist_of(application, terms),
        "plan": form,
        "answers": AnswerValue.choices,
        "problem": problem,
    }


@action(APPLY, methods=("POST",))
def plan(request: AskingRequest, application_id: UUID) -> HttpResponse:
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The plan was not saved: look at the day and the number."), code="plan")
    operations.change_plan(application_id, **form.cleaned_data, actor=request.actor, now=present())
    return _saved(request, application_id, "plan")


@action(APPLY, methods=("POST",))
def answer(request: AskingRequest, application_id: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose an answer."), code="answer")
    given = form.cleaned_data
    said = operations.ItemAnswer(given["standard"], given["item"], AnswerValue(given["value"]), given["note"])
    operations.answer_item(application_id, said, actor=request.actor, now=present())
    return _saved(request, application_id, "checklist")


@action(APPLY, methods=("POST",))
def attach(request: AskingRequest, application_id: UUID) -> HttpResponse:
    upload = request.FILES.get("file")
    try:
        kind = PointKind(request.POST.get("kind", ""))
    except ValueError:
        raise Invalid(_("The form is damaged. Load the page again."), code="bad_form") from None
    if upload is None:
        return _with_problem(request, application_id, Invalid(_("Choose a file first."), code="no_file"))
    attachment = operations.Attachment(kind, request.POST.get("key", ""), upload)
    try:
        operations.attach_evidence(application_id, attachment, actor=request.actor, now=present())
    except Invalid as refusal:
        return _with_problem(request, application_id, refusal)
    messages.success(request, _("The file is attached."))
    return _back(application_id, "papers" if kind is PointKind.PAPER else "checklist")


@action(APPLY, methods=("POST",))
def remove(request: AskingRequest, application_id: UUID, evidence_id: UUID) -> HttpResponse:
    operations.remove_evidence(application_id, evidence_id, actor=request.actor, now=present())
    messages.success(request, _("The file is taken off."))
    return _back(application_id, "papers")


@action(APPLY, methods=("POST",))
def sign(request: AskingRequest, application_id: UUID) -> HttpResponse:
    drawn, typed = request.POST.get("signature", ""), request.POST.get("signature_typed", "")
    try:
        signature = read_signature(drawn=drawn, typed=typed)
    except Invalid as refusal:
        return _with_problem(request, application_id, refusal)
    key = request.POST.get("key", "")
    operations.sign_letter(application_id, key=key, signature=signature, actor=request.actor, now=present())
    messages.success(request, _("The letter is signed."))
    return _back(application_id, "letters")


@action(APPLY)
def submit(request: AskingRequest, application_id: UUID) -> HttpResponse:
    """The summary before the last button; what is missing stands on it with the way there."""
    problem: Refused | None = None
    if request.method == "POST":
        try:
            version = _version(request.POST)
            operations.submit(application_id, actor=request.actor, now=present(), version=version)
        except Invalid as refusal:
            problem = refusal
        else:
            messages.success(request, _("Submitted. The authority's clock runs."))
            return redirect("resumption:application", application_id)
    application = _own(request, application_id)
    values = draft_values(application, problem=problem)
    return render(request, "resumption/submit.html", values, status=422 if problem else 200)


@action(APPLY)
def withdraw(request: AskingRequest, application_id: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        operations.withdraw(application_id, actor=request.actor, now=present(), note=note)
        messages.success(request, _("The application is withdrawn."))
        return redirect("resumption:application", application_id)
    values = {"form": form, "application": _own(request, application_id)}
    return render(request, "resumption/withdraw.html", values, status=422 if form.errors else 200)


def _own(request: AskingRequest, application_id: UUID) -> Application:
    application = get_application(request.actor, application_id)
    permissions.check_may_apply(request.actor, application.enterprise_id)
    return application


def _saved(request: AskingRequest, application_id: UUID, part: str) -> HttpResponse:
    """htmx gets the progress only, so that nothing typed meanwhile is overwritten; a browser goes back."""
    if not request.headers.get("HX-Request"):
        return _back(application_id, part)
    application = get_application(request.actor, application_id)
    return render(request, "resumption/draft.html#progress", {**draft_values(application), "swapped": True})


def _with_problem(request: AskingRequest, application_id: UUID, problem: Refused) -> HttpResponse:
    values = draft_values(_own(request, application_id), problem=problem)
    return render(request, "resumption/draft.html", values, status=problem.status)


def _back(application_id: UUID, part: str) -> HttpResponse:
    return redirect(f"{reverse('resumption:application', args=[application_id])}#{part}")


def _version(posted: Mapping[str, object]) -> int | None:
    raw = str(posted.get("version", ""))
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None
