"""The visit on site, made for a phone held in one hand."""

from __future__ import annotations

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
from fugong.core.refusals import Invalid, NotFound, NotPermitted, Refused
from fugong.core.web.pages import AskingRequest, action
from fugong.resumption import operations, permissions
from fugong.resumption.choices import VERIFY, VISIT_PHOTO, CheckResult
from fugong.resumption.models import Application
from fugong.resumption.queries.applications import get_application
from fugong.resumption.queries.terms import checks_of, terms_of
from fugong.resumption.queries.visits import newest_visit
from fugong.resumption.rules.signatures import read_signature
from fugong.resumption.rules.verification import Finding, WantedCheck
from fugong.resumption.web import shown


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
    signature_typed = forms.CharField(required=False, max_length=80)


@action(VERIFY)
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
        "known": shown.known_terms(application),
        "checks": checks,
        "form": form,
        "problem": problem,
        "earlier": newest_visit(application),
        "max_bytes": get_purpose(VISIT_PHOTO).limit,
    }
    part = "#problems" if problem and request.headers.get("HX-Request") else ""
    status = problem.status if problem else 200
    return render(request, f"resumption/visit.html{part}", values, status=status)


def _check_readable(checks: list[CheckForm], form: VisitForm) -> None:
    """What is no number or too long, said beside its check like everything else."""
    wrong = {each.check.key: next(iter(each.errors.values()))[0] for each in checks if not each.is_valid()}
    if wrong or not form.is_valid():
        fields = {key: str(sentence) for key, sentence in wrong.items()}
        raise Invalid(
            _("The visit was not saved: some checks are not finished."), code="visit_form", fields=fields
        )


def _said(checks: list[CheckForm], form: VisitForm) -> operations.Visit:
    _check_readable(checks, form)
    given = form.cleaned_data
    signature = read_signature(drawn=given["signature"], typed=given["signature_typed"])
    photos = {each.check.key: each.cleaned_data["photo"] for each in checks}
    return operations.Visit(
        visited_at=present(),
        signature=signature,
        findings={each.check.key: each.finding() for each in checks},
        photos={key: photo for key, photo in photos.items() if photo},
        note=given["note"],
    )


def _done(request: AskingRequest, application_id: UUID) -> HttpResponse:
    """The phone sends the form by htmx, so that photos survive a refusal; then the browser has to be told to
    go on.
    """
    if request.headers.get("HX-Request"):
        there = reverse("resumption:application", args=[application_id])
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect("resumption:application", application_id)
