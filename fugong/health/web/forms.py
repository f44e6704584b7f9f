from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.health.choices import Measure, Outcome, Place, Reading
from fugong.health.models.incidents import TEXT_MOST
from fugong.health.operations import ReportData
from fugong.health.rules.readings import TYPED_MOST
from fugong.health.rules.reports import NOTE_MOST

Choices = Sequence[tuple[str, str | Promise]]


class ReportForm(forms.Form):
    """`symptoms` are those of the playbook in force; the days are those that are still open."""

    temperature = forms.CharField(
        label=_("Temperature (°C)"),
        max_length=TYPED_MOST,
        required=False,
        help_text=_("As the thermometer shows it, such as 36.5."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    not_measured = forms.BooleanField(label=_("I have no thermometer"), required=False)
    symptoms = forms.MultipleChoiceField(
        label=_("Symptoms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.ChoiceField(
        label=_("Where today"), choices=Place.choices, initial=Place.WORK, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE_MOST, required=False)
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat, widget=forms.RadioSelect)

    def __init__(self, *args: Any, symptoms: Choices, today: date, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "symptoms", symptoms)
        open_days = [today - timedelta(days=back) for back in range(days + 1)]
        _offer(self, "day", [(day.isoformat(), _named(day, today)) for day in open_days])
        self.fields["day"].initial = today.isoformat()
        if len(open_days) == 1:
            self.fields["day"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("temperature") and not given.get("not_measured"):
            self.add_error("temperature", _("Write the temperature, or say that there is no thermometer."))
        return given

    def data_given(self) -> ReportData:
        given = self.cleaned_data
        is_measured = bool(given["temperature"])
        return ReportData(
            day=given["day"],
            temperature=given["temperature"],
            reading=Reading.VALUE if is_measured else Reading.NONE,
            symptoms=tuple(given["symptoms"]),
            place=Place(given["place"]),
            note=given["note"],
        )


class LookAfterForm(forms.Form):
    measure = forms.ChoiceField(
        label=_("What was done first"), choices=Measure.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), max_length=TEXT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What was found"),
        max_length=TEXT_MOST,
        help_text=_("By whom and when, such as the clinic and the day of the test."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NotifyForm(forms.Form):
    source = forms.CharField(
        label=_("Who told it, and what"),
        max_length=200,
        help_text=_("Such as a hospital, another district, the family."),
    )


class KioskForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Where it stands, such as “east gate”.")
    )


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Choices known only when the form is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _named(day: date, today: date) -> str | Promise:
    back = (today - day).days
    return {0: _("Today"), 1: _("Yesterday")}.get(back, day.isoformat())
