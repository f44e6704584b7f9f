"""Forms of the census. They read what was typed; what may be is said by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from fugong.census.models import Campaign
from fugong.census.operations import CallData, CampaignData, Finding, Outcome

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
Choices = Sequence[tuple[str, str]]
LIVE = {
    "rows": 3,
    "spellcheck": "false",
    "hx-get": reverse_lazy("census:preview"),
    "hx-trigger": "input changed delay:700ms, load",
    "hx-include": "#id_scope, #id_area_code",
    "hx-target": "#preview",
    "hx-swap": "innerHTML",
}


class CampaignForm(forms.Form):
    """`outcomes` and `findings` hold only what is wrong with the lists below the form."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    code = forms.CharField(
        label=_("Code"),
        max_length=31,
        help_text=_("Figures and bulletins name the campaign by it; it stays once the campaign is open."),
    )
    area_code = forms.ChoiceField(label=_("Area"), required=False)
    scope = forms.CharField(
        label=_("Whom it names"),
        max_length=4000,
        widget=forms.Textarea(attrs=LIVE),
        help_text=_('A condition on the file of a person, such as home_province == "420000".'),
    )
    starts_on = forms.DateField(label=_("From"), widget=DAY)
    ends_on = forms.DateField(label=_("Everybody reached by"), widget=DAY)
    script = forms.CharField(
        label=_("What to say and ask"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    outcomes = forms.CharField(label=_("Outcomes of a call"), required=False, widget=forms.HiddenInput)
    findings = forms.CharField(label=_("What may be found out"), required=False, widget=forms.HiddenInput)
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area_code", areas)


class FindingForm(forms.Form):
    """One row; an empty one is none."""

    key = forms.CharField(label=_("Key"), max_length=31, required=False)
    zh = forms.CharField(label=_("In Chinese"), max_length=40, required=False)
    en = forms.CharField(label=_("In English"), max_length=40, required=False)

    def entry(self) -> Finding | None:
        given = self.cleaned_data
        return Finding(given["key"], given["zh"], given["en"]) if _is_filled(given) else None


class OutcomeForm(FindingForm):
    closes = forms.BooleanField(label=_("Closes the case"), required=False)
    again_after = forms.IntegerField(label=_("Call again after days"), required=False)
    group = forms.CharField(label=_("Group"), max_length=31, required=False)
    sets = forms.CharField(label=_("Brings the findings"), max_length=200, required=False)

    def outcome(self) -> Outcome | None:
        given = self.cleaned_data
        if not _is_filled(given):
            return None
        sets = tuple(given["sets"].replace(",", " ").split())
        rest = {name: given[name] for name in ("key", "zh", "en", "closes", "again_after", "group")}
        return Outcome(**rest, sets=sets)


Outcomes = forms.formset_factory(OutcomeForm, extra=2, max_num=20)
Findings = forms.formset_factory(FindingForm, extra=2, max_num=20)


def _is_filled(given: dict[str, Any]) -> bool:
    return any(given.get(name) for name in ("key", "zh", "en"))


def campaign_data(form: CampaignForm, outcomes: Any, findings: Any) -> CampaignData:
    given = form.cleaned_data
    names = ("code", "name_zh", "name_en", "scope", "starts_on", "ends_on", "area_code", "script")
    return CampaignData(
        **{name: given[name] for name in names},
        outcomes=tuple(entry for row in outcomes if (entry := row.outcome())),
        findings=tuple(entry for row in findings if (entry := row.entry())),
    )


def initial_of(campaign: Campaign) -> dict[str, Any]:
    said = {name: getattr(campaign, name) for name in ("name_zh", "name_en", "code", "scope", "script")}
    return said | {
        "area_code": campaign.area.code if campaign.area else "",
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "seen_at": campaign.changed_at.isoformat(),
    }


def outcome_rows(campaign: Campaign) -> list[dict[str, Any]]:
    return [outcome.as_json() | {"sets": " ".join(outcome.sets)} for outcome in campaign.outcomes]


def finding_rows(campaign: Campaign) -> list[dict[str, Any]]:
    return [finding.as_json() for finding in campaign.findings]


class CallForm(forms.Form):
    """The outcome is the button that was pressed."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.HiddenInput)
    findings = forms.MultipleChoiceField(
        label=_("What was found out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_call_at = forms.DateTimeField(
        label=_("Next call"),
        required=False,
        widget=MOMENT,
        help_text=_("Leave it empty to go by the outcome."),
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", [(each.key, each.name) for each in campaign.outcomes])
        offer(self, "findings", [(each.key, each.name) for each in campaign.findings])

    def call(self) -> CallData:
        given = self.cleaned_data
        return CallData(
            outcome=given["outcome"],
            findings=tuple(given["findings"]),
            note=given["note"].strip(),
            next_call_at=given["next_call_at"],
        )


class NamesForm(forms.Form):
    enterprise_id = forms.TypedChoiceField(label=_("Enterprise"), coerce=UUID)
    names = forms.CharField(
        label=_("Names and telephone numbers"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("One person a line: the name, a comma, the number. People without a file only."),
    )

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "enterprise_id", places)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Choices known only when the form is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
    field.choices = list(choices)
