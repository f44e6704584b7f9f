from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fugong.core.punctuation import labelled
from fugong.playbooks.facts import PlanCondition
from fugong.resumption.choices import AnswerValue, OpinionKind, Purpose, SuspensionReason
from fugong.resumption.operations import ConditionData, Point, ReportData, SuspensionData
from fugong.resumption.queries.points import PointChoice
from fugong.resumption.queries.terms import say
from fugong.resumption.rules.plausibility import CAPACITY_MOST

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
DRAFTED = {"class": "form-control"}


def _note(label: Any, *, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=1000, widget=widget, **options)


def _line(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=500)


class PlanForm(forms.Form):
    """Everything may still be open while the application is a draft."""

    planned_on = forms.DateField(
        label=_("Work to start on"),
        widget=forms.DateInput(attrs={"type": "date", **DRAFTED}, format="%Y-%m-%d"),
        required=False,
    )
    planned_staff = forms.IntegerField(
        label=_("People on post"),
        widget=forms.NumberInput(attrs=DRAFTED),
        min_value=1,
        max_value=1_000_000,
        required=False,
    )


class NewForm(PlanForm):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    standard = forms.CharField(max_length=64)
    item = forms.CharField(max_length=64, required=False)
    value = forms.ChoiceField(choices=AnswerValue.choices)
    note = forms.CharField(max_length=500, required=False)


class WithdrawForm(forms.Form):
    note = _note(_("Why"))


class OpinionForm(forms.Form):
    """`choices`: what may be pointed at; `plan`: the playbook's conditions that may be set for this
    enterprise, None unless this is the last step.
    """

    kind = forms.ChoiceField(label=_("Opinion"), choices=OpinionKind.choices, widget=forms.RadioSelect)
    note = _note(_("Reason or note"), help_text=_("A refusal needs its reason."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        choices: Sequence[PointChoice],
        plan: Sequence[PlanCondition] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.plan = list(plan or ())
        self.is_last = plan is not None
        for number, choice in enumerate(choices):
            self.fields[f"point_{number}"] = forms.CharField(
                label=choice.label, required=False, max_length=500
            )
        for condition in self.plan:
            text = labelled(say(condition.name), say(condition.text))
            self.fields[f"set_{condition.id}"] = forms.BooleanField(label=text, required=False)
        if self.is_last:
            self.fields["own"] = forms.CharField(
                label=_("A condition of your own"), required=False, max_length=500
            )
            self.fields["until"] = forms.DateField(label=_("To be fulfilled by"), widget=DAY, required=False)

    @property
    def point_fields(self) -> list[forms.BoundField]:
        return [self[f"point_{number}"] for number in range(len(self.choices))]

    @property
    def condition_fields(self) -> list[forms.BoundField]:
        names = [f"set_{condition.id}" for condition in self.plan]
        return [self[name] for name in (*names, *(("own", "until") if self.is_last else ()))]

    def points(self) -> list[Point]:
        said = ((choice, self.cleaned_data[f"point_{number}"]) for number, choice in enumerate(self.choices))
        return [Point(choice.kind, choice.key, text) for choice, text in said if text.strip()]

    def conditions(self) -> list[ConditionData]:
        until: date | None = self.cleaned_data.get("until")
        chosen = [
            ConditionData(until=until, key=condition.id)
            for condition in self.plan
            if self.cleaned_data[f"set_{condition.id}"]
        ]
        own = self.cleaned_data.get("own", "").strip()
        return [*chosen, *([ConditionData(own, until)] if own else [])]


class SayForm(forms.Form):
    note = forms.CharField(label=_("In a sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SuspensionForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=SuspensionReason.choices, widget=forms.RadioSelect)
    evidence = _note(_("Evidence"), required=True, help_text=_("What was seen, where, when and by whom."))
    ends_on = forms.DateField(
        label=_("Last day"), widget=DAY, help_text=_("Without a new decision work goes on after this day.")
    )

    def data_given(self, enterprise_id: UUID) -> SuspensionData:
        given = self.cleaned_data
        return SuspensionData(
            enterprise_id, SuspensionReason(given["reason"]), given["evidence"], given["ends_on"]
        )


class SettleForm(forms.Form):
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """Yesterday's numbers stand as placeholders, never as values: each day is said anew."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    on_post = forms.IntegerField(label=_("People on post"), min_value=0, max_value=1_000_000)
    capacity_percent = forms.IntegerField(
        label=_("Output in percent of normal"), min_value=0, max_value=CAPACITY_MOST
    )
    needs = forms.CharField(
        label=_("What is needed"),
        required=False,
        max_length=500,
        help_text=_("In your own words; to get help with a clock, raise a difficulty."),
    )

    def data_given(self, enterprise_id: UUID) -> ReportData:
        return ReportData(enterprise_id=enterprise_id, **self.cleaned_data)
