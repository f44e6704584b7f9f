"""Forms of the register. They read what was typed; what may be is said by the rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.enterprises import permissions
from fugong.enterprises.choices import Industry, Kind, Provenance, SizeClass, Tag
from fugong.enterprises.operations import EnterpriseData

LIVE = {
    "hx-get": reverse_lazy("enterprises:check"),
    "hx-trigger": "input changed delay:500ms",
    "hx-include": "#id_name, #id_credit_code",
    "hx-target": "#live-check",
    "hx-swap": "innerHTML",
    "autocomplete": "off",
}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area_choices(actor: Actor, permission: str) -> list[tuple[str, str]]:
    """The areas in which the actor may do this, by code."""
    seen = areas.list_areas(actor=actor)
    return [
        (str(area.id), area.name) for area in seen if permissions.is_in_charge_of(actor, area.id, permission)
    ]


class EnterpriseForm(forms.Form):
    """What is said of an enterprise."""

    permission = permissions.REGISTER

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs=LIVE))
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        help_text=_("18 characters, as on the business licence."),
        widget=forms.TextInput(attrs={**LIVE, "autocapitalize": "characters", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.ENTERPRISE)
    size_class = forms.ChoiceField(label=_("Size class"), choices=SizeClass.choices, widget=forms.RadioSelect)
    industry = forms.ChoiceField(label=_("Industry"), choices=Industry.choices, initial=Industry.C)
    area_id = forms.TypedChoiceField(label=_("Park"), coerce=UUID)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    normal_staff = forms.IntegerField(label=_("Normal number of staff"), min_value=0)
    normal_capacity = forms.CharField(
        label=_("Normal capacity"),
        max_length=200,
        required=False,
        help_text=_("In the enterprise's own words, such as 3,600 guitars a month."),
    )
    tags = forms.MultipleChoiceField(
        label=_("Tags"), choices=Tag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    contact_name = forms.CharField(label=_("Contact"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=_("Contact's telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    entered_on = forms.DateField(label=_("In the park since"), widget=DAY)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = area_choices(actor, self.permission)

    def data_given(self, *, provenance: Provenance = Provenance.ENTERED) -> EnterpriseData:
        given = {name: self.cleaned_data[name] for name in EnterpriseForm.base_fields}
        given |= {
            "kind": Kind(given["kind"]),
            "size_class": SizeClass(given["size_class"]),
            "industry": Industry(given["industry"]),
            "tags": tuple(Tag(tag) for tag in given["tags"]),
        }
        return EnterpriseData(**given, provenance=provenance)


class ChangeForm(EnterpriseForm):
    """The same, with the day from which it is so."""

    permission = permissions.EDIT

    since = forms.DateField(
        label=_("True since"),
        widget=DAY,
        help_text=_(
            "From this day on the figures follow the change. To correct a slip, give the day of entry: "
            "published bulletins stay as they are."
        ),
    )

    def __init__(self, *args: Any, enterprise_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "credit_code"):
            where = reverse("enterprises:check_change", args=[enterprise_id])
            self.fields[name].widget.attrs["hx-get"] = where


class DayForm(forms.Form):
    """A day, and in words why."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    note = forms.CharField(label=_("Reason"), max_length=200, required=False)
