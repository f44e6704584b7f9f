"""The own file on a phone: all that is kept, put right, challenged, taken along."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.accounts.operations import count_use
from fugong.core.clock import now as present
from fugong.core.web.refusing import or_errors
from fugong.people import operations, queries
from fugong.people.choices import Entry
from fugong.people.models import Person
from fugong.people.web.own import WorkerRequest, guarded, worker_action, worker_page
from fugong.people.web.own_copy import copy_of, plain_copy_of
from fugong.people.web.own_copy_excel import workbook_of
from fugong.people.web.own_shown import shown_file

FILE: Final = "own:file"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TRIES: Final = (5, timedelta(hours=1))


class OwnCorrection(forms.Form):
    """The telephone is not shown to be corrected: what is left empty stays as it is."""

    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("Leave it empty to keep what is there."),
    )
    lodging = forms.CharField(label=gettext_lazy("Present lodging"), max_length=200, required=False)
    seen_at = forms.DateTimeField(widget=forms.HiddenInput)


class ChallengeForm(forms.Form):
    entry = forms.ChoiceField(label=gettext_lazy("Which entry"), choices=Entry.choices)
    said = forms.CharField(
        label=gettext_lazy("What is wrong, and how it is right"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CopyForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number of your document"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=gettext_lazy("The copy holds all numbers in full; so it is for you alone."),
    )


@worker_page
def file(request: WorkerRequest) -> HttpResponse:
    kept = queries.own_file(request.actor)
    return render(request, "people/own/file.html", {"file": shown_file(kept)})


@worker_action
def correct(request: WorkerRequest) -> HttpResponse:
    person = queries.get_person(request.actor, request.worker.person_id)
    form = OwnCorrection(request.POST or None, initial=_initial(person))
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.correct_own(person.id, **form.cleaned_data, actor=request.actor, now=present())
            messages.success(request, _("Your file was corrected."))
            return redirect(FILE)
    return _form(request, "people/own/correct.html", form)


@worker_action
def challenge(request: WorkerRequest) -> HttpResponse:
    """What only the enterprise may change, and what somebody disagrees with."""
    form = ChallengeForm(request.POST or None, initial={"entry": request.GET.get("entry", Entry.NAME)})
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            said = form.cleaned_data
            operations.challenge(request.worker.person_id, **said, actor=request.actor, now=present())
            messages.success(request, _("It stands beside the entry. The answer comes to this page."))
            return redirect(FILE)
    return _form(request, "people/own/challenge.html", form)


def count_try(request: WorkerRequest) -> None:
    """Raises TooManyTries: a phone in other hands must not guess the number of the document."""
    count_use({f"person:{request.worker.person_id}": TRIES}, door="own_copy", now=present())


@guarded(count_try)
def copy(request: WorkerRequest) -> HttpResponse:
    """The form; its buttons give the file to read, as Excel, or for a machine."""
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            number = form.cleaned_data["number"]
            operations.take_copy(request.worker.person_id, number=number, actor=request.actor, now=present())
            return _file_of(request)
    return _form(request, "people/own/copy.html", form)


def _file_of(request: WorkerRequest) -> HttpResponse:
    kept = queries.own_file(request.actor)
    if "json" in request.POST:
        plain = json.dumps(plain_copy_of(kept, request.worker, now=present()), ensure_ascii=False, indent=2)
        return _download(plain, "application/json; charset=utf-8", "my-file.json")
    if "excel" in request.POST:
        return _download(workbook_of(kept, request.worker, now=present()), XLSX, "my-file.xlsx")
    values = {"copy": copy_of(kept, request.worker, now=present()), "worker": request.worker}
    page = render_to_string("people/own/copy_file.html", values, request=request)
    return _download(page, "text/html; charset=utf-8", "my-file.html")


def _download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _initial(person: Person) -> dict[str, Any]:
    return {"lodging": person.lodging, "seen_at": person.changed_at.isoformat()}


def _form(request: HttpRequest, template: str, form: forms.Form) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.errors else 200)
