from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.support.operations import Assignee, Report
from fugong.support.rules import TEXT_LENGTH, TITLE_LENGTH

Choices = Sequence[tuple[str, str | Promise]]
NOBODY = ("", "—")


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5}), **options)


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Choices known only when the form is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class RaiseForm(forms.Form):
    """`enterprises` are those the person speaks or cares for; `categories` those of the playbook in force."""

    enterprise = forms.ChoiceField(label=_("Enterprise"))
    category = forms.ChoiceField(label=_("Kind of difficulty"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What is missing"), max_length=TITLE_LENGTH, help_text=_("In a few words.")
    )
    text = _text(
        label=_("More about it"),
        required=False,
        help_text=_("Since when, how much, who was asked already."),
    )

    def __init__(self, *args: Any, enterprises: Choices, categories: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "enterprise", enterprises)
        _offer(self, "category", categories)
        if len(enterprises) == 1:
            self.fields["enterprise"].widget = forms.HiddenInput()
            self.fields["enterprise"].initial = enterprises[0][0]

    def enterprise_id(self) -> UUID:
        return UUID(self.cleaned_data["enterprise"])

    def report(self) -> Report:
        given = self.cleaned_data
        return Report(category=given["category"], title=given["title"], text=given["text"])


class AssignForm(forms.Form):
    body = forms.ChoiceField(label=_("Office"), required=False)
    user = forms.ChoiceField(
        label=_("Person"),
        required=False,
        help_text=_("With a person named, only that person answers; otherwise anybody of the office."),
    )
    note = _text(label=_("Note"), required=False)

    def __init__(self, *args: Any, bodies: Choices, users: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "body", [NOBODY, *bodies])
        _offer(self, "user", [NOBODY, *users])

    def assignee(self) -> Assignee:
        user = self.cleaned_data["user"]
        return Assignee(body=self.cleaned_data["body"], user_id=UUID(user) if user else None)


class AnswerForm(forms.Form):
    text = _text(label=_("What was done"))


class SolvedForm(forms.Form):
    note = _text(label=_("A word on it"), required=False)


class SendBackForm(forms.Form):
    note = _text(label=_("What is still missing"))


class WithdrawForm(forms.Form):
    note = _text(label=_("Reason"), required=False)
