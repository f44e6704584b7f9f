"""Forms of the person files. They read what was typed; what may be is said by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.regions import region_name
from fugong.people.choices import DocumentKind, UnmaskReason
from fugong.people.models import Person
from fugong.people.operations import EmploymentData, PersonData

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LIVE = {
    "hx-get": reverse_lazy("people:check"),
    "hx-trigger": "input changed delay:500ms",
    "hx-include": "#id_document_kind, #id_document",
    "hx-target": "#live-check",
    "hx-swap": "innerHTML",
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
}

LIKE = {
    "hx-get": reverse_lazy("people:like"),
    "hx-trigger": "input changed delay:500ms",
    "hx-include": "#id_name, #id_phone",
    "hx-target": "#live-like",
    "hx-swap": "innerHTML",
    "autocomplete": "off",
}


class PersonForm(forms.Form):
    """What is said of a person."""

    name = forms.CharField(label=_p("person", "Name"), max_length=60, widget=forms.TextInput(attrs=LIKE))
    document_kind = forms.ChoiceField(
        label=_("Document"), choices=DocumentKind.choices, initial=DocumentKind.RESIDENT_ID
    )
    document = forms.CharField(
        label=_("Number of the document"), max_length=60, widget=forms.TextInput(attrs=LIVE)
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=LIKE | {"type": "tel"}),
    )
    home_region = forms.CharField(
        label=_("Home region"),
        max_length=60,
        required=False,
        help_text=_("Province and city, or the six digits of the region's code."),
    )
    lodging = forms.CharField(label=_("Present lodging"), max_length=200, required=False)

    def person(self) -> PersonData:
        given = {name: self.cleaned_data[name] for name in PersonForm.base_fields}
        return PersonData(**given | {"document_kind": DocumentKind(given["document_kind"])})


class CorrectForm(PersonForm):
    """Numbers are not shown to be corrected: what is left empty stays as it is."""

    seen_at = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "phone"):
            # A file that is corrected is there already: nobody is asked whether it is another's.
            for attribute in LIKE:
                self.fields[name].widget.attrs.pop(attribute, None)
        for name in ("document", "phone"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave it empty to keep what is there.")

    def corrected(self, before: PersonData) -> PersonData:
        given = {name: self.cleaned_data[name] for name in PersonForm.base_fields}
        given["document_kind"] = DocumentKind(given["document_kind"])
        kept = {name: given[name] or getattr(before, name) for name in ("document", "phone")}
        return PersonData(**given | kept)


class EmploymentForm(forms.Form):
    """Where somebody works, from a day on."""

    enterprise_id = forms.TypedChoiceField(label=_("Enterprise"), coerce=UUID)
    starts_on = forms.DateField(label=_("Employed from"), widget=DAY)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    shift = forms.CharField(label=_("Shift"), max_length=40, required=False)
    crew = forms.CharField(label=_("Crew"), max_length=60, required=False)
    room = forms.CharField(label=_("Dormitory room"), max_length=60, required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["enterprise_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(places)

    def employment(self) -> EmploymentData:
        return EmploymentData(**{name: self.cleaned_data[name] for name in EmploymentForm.base_fields})


class RegisterForm(PersonForm, EmploymentForm):
    """Both at once: a file is opened where somebody is employed."""

    field_order = (*PersonForm.base_fields, *EmploymentForm.base_fields)


class LeaveForm(forms.Form):
    ends_on = forms.DateField(label=_("First day no longer employed"), widget=DAY)


class UnmaskForm(forms.Form):
    reason = forms.ChoiceField(label=_("What for"), choices=UnmaskReason.choices)


def initial_of(person: Person) -> dict[str, Any]:
    """Without the numbers; the region by its name, since nobody knows codes by heart."""
    return {
        "name": person.name,
        "document_kind": person.document_kind,
        "home_region": region_name(person.home_region) if person.home_region else "",
        "lodging": person.lodging,
        "seen_at": person.changed_at.isoformat(),
    }


class CrewLeaderForm(forms.Form):
    """`crews` are the names of those the enterprise has, `workers` the people of the chosen one who have an
    own phone, as (id, name).
    """

    crew = forms.TypedChoiceField(label=_("Crew"), widget=forms.HiddenInput)
    username = forms.CharField(
        label=_("Somebody with an account"), max_length=60, required=False, help_text=_("User name.")
    )
    person = forms.TypedChoiceField(
        label=_("Or a worker of the crew"),
        required=False,
        empty_value=None,
        coerce=UUID,
        help_text=_("Whoever registered with an own phone. Left empty both, the enterprise itself answers."),
    )

    def __init__(
        self, *args: Any, crews: list[str], workers: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workers = dict(workers)
        self._offer("crew", [(name, name) for name in crews])
        self._offer("person", [("", _("nobody")), *workers])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("username") and given.get("person"):
            self.add_error("person", _("Name one leader: an account or a worker."))
        return given

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices
