"""Forms of gates and devices. They read what was typed; what may be is said by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.passage.choices import DeviceEnd, DeviceKind, Directions, GateKind
from fugong.passage.models import Gate, Zone
from fugong.passage.operations.cards import MOST_DAYS, USUAL_DAYS
from fugong.passage.rules.gates import GateData

Choices: TypeAlias = Sequence[tuple[str, str | Promise]]
NO_GATE = _("Say at which gates it stands.")
DEGREES = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})


class GateForm(forms.Form):
    """`rules` are the playbook's kinds, `zones` those into which the gate may lead."""

    name = forms.CharField(
        label=_p("gate", "Name"),
        max_length=60,
        help_text=_("As people call it, such as “east gate, lane 2”."),
    )
    kind_of_rules = forms.ChoiceField(
        label=_("What is asked for here"),
        required=False,
        help_text=_("A kind of gate of the playbook. Without one the gate asks about everybody."),
    )
    directions = forms.ChoiceField(
        label=_("Directions"),
        choices=Directions.choices,
        initial=Directions.BOTH,
        widget=forms.RadioSelect,
    )
    zone = forms.TypedChoiceField(label=_("Leads into"), required=False, coerce=UUID, empty_value=None)
    new_zone = forms.CharField(
        label=_("Or into a new zone"),
        required=False,
        max_length=60,
        help_text=_("In by one gate and out by another of the same zone is one presence."),
    )
    place = forms.CharField(label=_p("gate", "Where"), required=False, max_length=200)
    latitude = forms.FloatField(label=_("Latitude"), required=False, widget=DEGREES)
    longitude = forms.FloatField(label=_("Longitude"), required=False, widget=DEGREES)

    def __init__(self, *args: Any, rules: Choices, zones: Iterable[Zone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind_of_rules", [("", _("None: ask about everybody")), *rules])
        offer(self, "zone", [("", "—"), *((str(zone.id), zone.name) for zone in zones)])

    def data_given(self, zone_id: UUID | None) -> GateData:
        given = self.cleaned_data
        return GateData(
            name=given["name"],
            kind_of_rules=given["kind_of_rules"],
            directions=Directions(given["directions"]),
            place=given["place"],
            latitude=given["latitude"],
            longitude=given["longitude"],
            zone_id=zone_id,
        )


class OpenGateForm(GateForm):
    """Of an enterprise where `areas` are none."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    area = forms.TypedChoiceField(label=_("Area"), coerce=UUID)
    field_order = ("kind", "area", "name")

    def __init__(self, *args: Any, kinds: Sequence[GateKind], areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind.value, kind.label) for kind in kinds])
        self.fields["kind"].initial = kinds[0].value
        if areas:
            offer(self, "area", areas)
        else:
            del self.fields["area"]


class DeviceForm(forms.Form):
    label = forms.CharField(
        label=_p("gate", "Name"), max_length=60, help_text=_("Such as “phone of the day shift, east gate”.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=DeviceKind.choices, initial=DeviceKind.PHONE, widget=forms.RadioSelect
    )
    gates = forms.TypedMultipleChoiceField(
        label=_("Stands at"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_GATE},
    )

    def __init__(self, *args: Any, gates: Iterable[Gate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "gates", [(str(gate.id), f"{gate.number} · {gate.name}") for gate in gates])


class MoveDeviceForm(DeviceForm):
    label = None  # type: ignore[assignment]
    kind = None  # type: ignore[assignment]


class EndDeviceForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why"), choices=DeviceEnd.choices, initial=DeviceEnd.LOST, widget=forms.RadioSelect
    )


class CardForm(forms.Form):
    days = forms.IntegerField(
        label=_("Good for (days)"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Choices known only when the form is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def initial_of(gate: Gate) -> dict[str, object]:
    names = ("name", "kind_of_rules", "directions", "place", "latitude", "longitude")
    return {name: getattr(gate, name) for name in names} | {"zone": gate.zone_id}
