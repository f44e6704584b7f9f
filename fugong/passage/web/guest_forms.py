"""Forms of visitors and vehicles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import LOCAL
from fugong.passage.rules.guests import NAME_MOST, PURPOSE_MOST, PassData, VisitData
from fugong.passage.web.forms import offer

MOMENT_FORM: Final = "%Y-%m-%dT%H:%M"
PLATE_HELP: Final = _("Also new energy, trailers, Hong Kong and Macao. Dots and spaces do not matter.")


def moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_FORM)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT_FORM, "%Y-%m-%d %H:%M"])


class VisitForm(forms.Form):
    name = forms.CharField(label=_("Visitor's name"), max_length=NAME_MOST)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)
    document = forms.CharField(
        label=_("Number of the document"),
        required=False,
        max_length=40,
        help_text=_("If it is known. Kept sealed, for whoever traces contacts."),
    )
    plate = forms.CharField(label=_("Plate"), required=False, max_length=20, help_text=PLATE_HELP)
    host = forms.CharField(label=_("Whom the visitor comes to see"), max_length=NAME_MOST)
    purpose = forms.CharField(label=_p("visit", "What for"), max_length=PURPOSE_MOST)
    starts_at = moment(_p("window", "From"))
    ends_at = moment(_p("window", "Until"))

    def data_given(self) -> VisitData:
        return VisitData(**self.cleaned_data)


class PassForm(forms.Form):
    """`enterprises` are those for whose vehicles passes may be issued."""

    plate = forms.CharField(label=_("Plate"), max_length=20, help_text=PLATE_HELP)
    enterprise = forms.TypedChoiceField(label=_("Enterprise"), required=False, coerce=UUID, empty_value=None)
    driver_name = forms.CharField(label=_("Driver"), required=False, max_length=NAME_MOST)
    driver_phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)
    passengers = forms.CharField(
        label=_("Passengers"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One name on each line. Each of them shows a code of their own as well."),
    )
    purpose = forms.CharField(label=_p("visit", "What for"), max_length=PURPOSE_MOST)
    starts_at = moment(_p("window", "From"))
    ends_at = moment(_p("window", "Until"))

    def __init__(
        self, *args: Any, enterprises: Iterable[tuple[UUID, str]], may_be_none: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("None"))] if may_be_none else [("", "—")]
        offer(self, "enterprise", [*none, *((str(id_), name) for id_, name in enterprises)])
        self.fields["enterprise"].required = not may_be_none

    def clean_passengers(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["passengers"].splitlines())

    def data_given(self) -> PassData:
        said = {name: value for name, value in self.cleaned_data.items() if name != "enterprise"}
        return PassData(**said)


def first_window(now: datetime, *, length: timedelta) -> dict[str, datetime]:
    """From the next whole hour on, in China's time."""
    start = now.astimezone(LOCAL).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {"starts_at": start, "ends_at": start + length}
