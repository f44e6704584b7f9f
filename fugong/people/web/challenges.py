"""Answering what a person says against an entry."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.people import operations, permissions, queries
from fugong.people.choices import Answer
from fugong.people.web.own_shown import note_of
from fugong.people.web.shown import address_of


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of the entry"), choices=Answer.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the person"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


@action(permissions.REGISTER)
def answer(request: AskingRequest, challenge_id: UUID) -> HttpResponse:
    """The entry itself is corrected on the person's file; here the person gets the answer."""
    row = queries.get_challenge(request.actor, challenge_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            said = form.cleaned_data
            operations.answer_challenge(challenge_id, **said, actor=request.actor, now=present())
            messages.success(request, _("Answered. The person reads it on the own page."))
            return redirect(address_of(row.person))
    values = {"form": form, "person": row.person, "note": note_of(row)}
    return render(request, "people/answer.html", values, status=422 if form.errors else 200)
