"""A person's doses, contacts and commitments: shown on the file's page, said and corrected on others."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.people import operations, permissions, queries
from fugong.people.choices import HistoryKind, Way
from fugong.people.models import HistoryEntry, Person
from fugong.people.operations import HistoryData
from fugong.people.queries import Worker
from fugong.people.rules.history import DETAIL_LENGTH, NUMBER_LENGTH
from fugong.people.web.forms import DAY
from fugong.people.web.shown import address_of
from fugong.people.web.travel import WAYS


class HistoryForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=HistoryKind.choices)
    on = forms.DateField(label=gettext_lazy("Day"), widget=DAY)
    detail = forms.CharField(
        label=gettext_lazy("What was it"),
        required=False,
        max_length=DETAIL_LENGTH,
        help_text=gettext_lazy(
            "The vaccine and where; with whom or where the contact was; what the person is committed to."
        ),
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        required=False,
        max_length=NUMBER_LENGTH,
        help_text=gettext_lazy("Of the dose, or of the paper."),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it came in"), choices=[(way.value, way.label) for way in WAYS]
    )

    def entry(self) -> HistoryData:
        given = self.cleaned_data
        said = {name: given[name] for name in ("on", "detail", "number")}
        return HistoryData(kind=HistoryKind(given["kind"]), **said)


def section(actor: Actor, person: Person, now: datetime) -> dict[str, object]:
    """For the file's page, whose reader may see the file."""
    rows = queries.list_history(person.authority_id, person.id)
    return {
        "rows": [_line(entry) for entry in rows],
        "may_keep": permissions.may_keep_at(actor, person.enterprise),
        "person": person,
    }


def copied(worker: Worker, now: datetime) -> list[dict[str, object]]:
    """For the person's own copy."""
    return [
        {
            _("Kind"): str(HistoryKind(entry.kind).label),
            _("Day"): entry.on,
            _("What was it"): str(entry.detail or ""),
            _("Number"): entry.number,
            _("How it came in"): str(Way(entry.way).label),
            _("By"): entry.recorded_by_name,
        }
        for entry in queries.list_history(worker.authority_id, worker.person_id)
    ]


@action(permissions.REGISTER)
def record(request: AskingRequest, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    permissions.check_may_keep_at(request.actor, person.enterprise)
    form = HistoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            way = Way(form.cleaned_data["way"])
            operations.record_history(person_id, form.entry(), way=way, actor=request.actor, now=present())
            messages.success(request, _("It is on record."))
            return redirect(address_of(person))
    return _form(request, form, person, _("Vaccination, contact or commitment"))


@action(permissions.REGISTER)
def correct(request: AskingRequest, entry_id: UUID) -> HttpResponse:
    """Saved with other words, or taken back whole; the row there was stays."""
    entry = queries.get_history_entry(request.actor, entry_id)
    person = entry.person
    permissions.check_may_keep_at(request.actor, person.enterprise)
    is_taken_back = "take_back" in request.POST
    form = HistoryForm(request.POST or None, initial=_initial(entry))
    if request.method == "POST" and (is_taken_back or form.is_valid()):
        with or_errors(form):
            data = None if is_taken_back else form.entry()
            way = Way.FORM if is_taken_back else Way(form.cleaned_data["way"])
            operations.correct_history(entry_id, data, way=way, actor=request.actor, now=present())
            messages.success(request, _("The entry was corrected."))
            return redirect(address_of(person))
    return _form(request, form, person, _("Correct the entry"), entry=entry)


def _line(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "kind": HistoryKind(entry.kind).label,
        "said": " · ".join(part for part in (str(entry.detail or ""), entry.number) if part),
        "source": Way(entry.way).label,
    }


def _initial(entry: HistoryEntry) -> dict[str, Any]:
    names = ("kind", "on", "number", "way")
    return {name: getattr(entry, name) for name in names} | {"detail": str(entry.detail or "")}


def _form(
    request: AskingRequest,
    form: HistoryForm,
    person: Person,
    title: str,
    *,
    entry: HistoryEntry | None = None,
) -> HttpResponse:
    values = {"form": form, "person": person, "title": title, "entry": entry}
    return render(request, "people/history.html", values, status=422 if form.errors else 200)
