"""Forms of planned returns. They read what was typed; what may be is said by the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fugong.core.regions import region_name
from fugong.people.choices import Transport
from fugong.returns.choices import Lodging
from fugong.returns.models import PlannedReturn
from fugong.returns.operations import ReturnData

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReturnForm(forms.Form):
    arrives_on = forms.DateField(label=_("Arrives on"), widget=DAY)
    from_region = forms.CharField(
        label=_("From where"),
        max_length=60,
        help_text=_("Province and city, or the six digits of the region's code."),
    )
    transport = forms.ChoiceField(
        label=_("Transport"), required=False, choices=[("", "—"), *Transport.choices]
    )
    number = forms.CharField(label=_("Train, flight or vehicle"), required=False, max_length=40)
    lodging = forms.ChoiceField(label=_("Will live in"), choices=Lodging.choices)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    room = forms.CharField(label=_("Room"), required=False, max_length=60)

    def plan(self) -> ReturnData:
        given = self.cleaned_data
        transport = Transport(given["transport"]) if given["transport"] else None
        return ReturnData(**given | {"transport": transport, "lodging": Lodging(given["lodging"])})


class ArriveForm(forms.Form):
    arrived_on = forms.DateField(label=_("Arrived on"), widget=DAY)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("Needed where the person was not let to come."),
    )


class CancelForm(forms.Form):
    note = forms.CharField(label=_("Why"), required=False, max_length=300)


def initial_of(row: PlannedReturn) -> dict[str, Any]:
    names = ("arrives_on", "transport", "number", "lodging", "address", "room")
    return {name: getattr(row, name) for name in names} | {"from_region": region_name(row.from_region)}
