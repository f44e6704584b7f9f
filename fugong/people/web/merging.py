"""Files that may be of one person: looked at side by side, merged, told apart, taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.parts import Term
from fugong.core.web.refusing import or_errors
from fugong.people import operations, permissions, queries
from fugong.people.models import Person
from fugong.people.queries import Pair, Work
from fugong.people.web.shown import address_of, terms_of


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class FindForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("The other file's number of the document"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("The whole number."),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files: what it says and where the person worked by it."""

    person: Person
    terms: list[Term]
    employments: list[Work]


@page(permissions.MERGE)
def duplicates(request: AskingRequest) -> HttpResponse:
    pairs = [(pair, _sides(pair)) for pair in queries.list_likely_pairs(request.actor)]
    return render(request, "people/duplicates.html", {"pairs": pairs})


@action(permissions.MERGE)
def find(request: AskingRequest, person_id: UUID) -> HttpResponse:
    """From a file to the one that is said to be the same person's. What is out of sight is not there."""
    person = queries.get_person(request.actor, person_id)
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = queries.find_by_document(request.actor, form.cleaned_data["number"])
        if other is not None and other.id != person.id:
            return redirect("people:merge", person.id, other.id)
        form.add_error("number", _("No other file in your sight has this number."))
    values = {"form": form, "person": person}
    return render(request, "people/merge_find.html", values, status=422 if form.errors else 200)


@action(permissions.MERGE)
def merge(request: AskingRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """`person_id` is kept; the page offers to keep the other one instead."""
    actor = request.actor
    kept, other = queries.get_person(actor, person_id), queries.get_person(actor, other_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            reason = form.cleaned_data["reason"]
            operations.merge(kept.id, other.id, reason=reason, actor=actor, now=present())
            messages.success(request, _("The two files are one now. It can be undone on this page."))
            return redirect(address_of(kept))
    values = {"form": form, "kept": kept, "other": other, "sides": [_side(actor, kept), _side(actor, other)]}
    return render(request, "people/merge.html", values, status=422 if form.errors else 200)


@action(permissions.MERGE, methods=("POST",))
def two_people(request: AskingRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    operations.say_two_people(person_id, other_id, actor=request.actor, now=present())
    messages.success(request, _("It is remembered that these are two people."))
    return redirect("people:duplicates")


@action(permissions.MERGE)
def undo(request: AskingRequest, merge_id: UUID) -> HttpResponse:
    row = queries.get_merge(request.actor, merge_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            reason = form.cleaned_data["reason"]
            operations.undo_merge(row.id, reason=reason, actor=request.actor, now=present())
            messages.success(request, _("They are two files again, as they were."))
            return redirect(address_of(row.kept))
    values = {"form": form, "person": row.kept, "row": row}
    return render(request, "people/merge_undo.html", values, status=422 if form.errors else 200)


def _sides(pair: Pair) -> list[Side]:
    return [Side(each, terms_of(each, None), []) for each in (pair.one, pair.another)]


def _side(actor: Actor, person: Person) -> Side:
    return Side(person, terms_of(person, None), queries.list_employments(actor, person.id))
