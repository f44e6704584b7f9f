"""The visit on site, made for a phone held in one hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.files import get_purpose
from fugong.core.refusals import Invalid, NotFound, NotPermitted, Refused, Sentence
from fugong.core.web.pages import AskingRequest, action
from fugong.resumption import operations, permissions
from fugong.resumption.choices import VISIT_PHOTO, CheckResult
from fugong.resumption.models import Application
from fugong.resumption.queries.applications import get_application
from fugong.resumption.queries.terms import checks_of, terms_of
from fugong.resumption.queries.visits import newest_visit
from fugong.resumption.rules.signatures import read_signature
from fugong.resumption.rules.verification import Finding, WantedCheck, check_complete
from fugong.resumption.web import shown

NOTE = "visit_note"
"""The note on the whole visit, among what is said of the checks by their keys."""


class CheckForm(forms.Form):
    """One check. Fields may be empty: what is not finished is said by the rule, beside the check."""

    result = forms.ChoiceField(choices=CheckResult.choices, required=False)
    count = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    note = forms.CharField(required=False, max_length=500)
    photo = forms.FileField(required=False)

    def __init__(self, check: WantedCheck, request: AskingRequest) -> None:
        sent = request.method == "POST"
        super().__init__(request.POST if sent else None, request.FILES if sent else None, prefix=check.key)
        self.check = check
        self.problem: object = ""

    def finding(self) -> Finding:
        given = self.cleaned_data
        result = CheckResult(given["result"]) if given.get("result") else None
        return Finding(result=result, count=given.get("count"), note=given.get("note", ""))


class VisitForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    signature_typed = forms.CharField(required=False)


@action()
def visit(request: AskingRequest, application_id: UUID) -> HttpResponse:
    application = get_application(request.actor, application_id)
    permissions.check_may_verify(request.actor, application)
    wanted = checks_of(terms_of(application, today=local_date(present())))
    checks = [CheckForm(check, request) for check in wanted]
    form = VisitForm(request.POST if request.method == "POST" else None)
    problem: Refused | None = None
    if request.method == "POST":
        try:
            said = _said(checks, form)
            operations.verify(application_id, said, actor=request.actor, now=present())
        except (NotPermitted, NotFound):
            raise
        except Refused as refusal:
            problem = refusal
        else:
            messages.success(request, _("The visit is recorded."))
            return _done(request, application_id)
    return _asked(request, application, checks, form, problem)


def _asked(
    request: AskingRequest,
    application: Application,
    checks: list[CheckForm],
    form: VisitForm,
    problem: Refused | None,
) -> HttpResponse:
    for each in checks:
        each.problem = problem.fields.get(each.check.key, "") if problem else ""
    values = {
        "application": application,
        "status": shown.status_of(application),
        "terms": shown.visit_terms(application),
        "checks": checks,
        "form": form,
        "problem": problem,
        "earlier": newest_visit(application),
        "max_bytes": get_purpose(VISIT_PHOTO).limit,
    }
    part = "#problems" if problem and request.headers.get("HX-Request") else ""
    status = problem.status if problem else 200
    return render(request, f"resumption/visit.html{part}", values, status=status)


def _said(checks: list[CheckForm], form: VisitForm) -> operations.Visit:
    """Raises `Invalid` with everything that is not finished, the signature among it: a phone
    is asked once.
    """
    problems = _unreadable(checks)
    readable = [each for each in checks if each.is_valid()]
    findings = {each.check.key: each.finding() for each in readable}
    with _gathering(problems):
        check_complete([each.check for each in readable], _with_photos(readable, findings))
    problems.update(_unreadable_below(form))
    given = form.cleaned_data
    signature = None
    with _gathering(problems):
        signature = read_signature(drawn=given.get("signature", ""), typed=given.get("signature_typed", ""))
    if problems or signature is None:
        message = _("The visit was not saved: some checks are not finished.")
        if NOTE in problems:
            message = _("The visit was not saved: look at the marked fields.")
        raise Invalid(message, code="visit_incomplete", fields=problems)
    photos = {each.check.key: each.cleaned_data["photo"] for each in checks}
    return operations.Visit(
        visited_at=present(),
        signature=signature,
        findings=findings,
        photos={key: photo for key, photo in photos.items() if photo},
        note=given["note"],
    )


@contextmanager
def _gathering(problems: dict[str, Sentence]) -> Iterator[None]:
    """What a rule refuses is gathered beside what others refuse."""
    try:
        yield
    except Invalid as refusal:
        problems.update(refusal.fields)


def _unreadable(checks: list[CheckForm]) -> dict[str, Sentence]:
    """What is no number or too long."""
    return {
        each.check.key: str(next(iter(each.errors.values()))[0]) for each in checks if not each.is_valid()
    }


def _unreadable_below(form: VisitForm) -> dict[str, Sentence]:
    """The note may be too long. Of the signature its own rule speaks."""
    return {} if form.is_valid() else {NOTE: str(form.errors["note"][0])}


def _with_photos(checks: list[CheckForm], findings: dict[str, Finding]) -> dict[str, Finding]:
    return {
        each.check.key: replace(findings[each.check.key], has_photo=bool(each.cleaned_data["photo"]))
        for each in checks
    }


def _done(request: AskingRequest, application_id: UUID) -> HttpResponse:
    """The phone sends the form by htmx, so that photos survive a refusal; then the browser has to be told to
    go on.
    """
    if request.headers.get("HX-Request"):
        there = reverse("resumption:application", args=[application_id])
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect("resumption:application", application_id)
