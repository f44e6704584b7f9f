"""The form a person fills in on a phone. What may be is said by the rules."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.people.choices import DocumentKind
from fugong.people.rules.data import PersonData, problems_of, tidied
from fugong.people.rules.self_registering import Said
from fugong.people.web.forms import PersonForm

RESIDENT_ID: Final = DocumentKind.RESIDENT_ID
NUMBER: Final = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "data-check": "document",
}


class SelfForm(PersonForm):
    """Nothing of it is looked up while it is typed: the phone itself looks whether a number can be right."""

    document = forms.CharField(
        label=_("Number of the document"), max_length=60, widget=forms.TextInput(attrs=NUMBER)
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-check": "phone"}),
    )
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    shift = forms.CharField(label=_("Shift"), max_length=40, required=False)
    crew = forms.CharField(label=_("Crew"), max_length=60, required=False)
    consent = forms.BooleanField(
        label=_("I have read the notice and agree to it."),
        error_messages={
            "required": _("Without it nothing is kept. A paper sheet at the enterprise does the same.")
        },
    )
    notice = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Where a field is at fault already the others are looked at too: all is told at once."""
        given = super().clean() or {}
        if self.errors:
            said: dict[str, Any] = {name: given.get(name) or "" for name in PersonForm.base_fields}
            kind = DocumentKind(given.get("document_kind", RESIDENT_ID))
            data = tidied(PersonData(**said | {"document_kind": kind}))
            for name, problem in problems_of(data, today=local_date(present())).items():
                if given.get(name) and name not in self.errors:
                    self.add_error(name, problem.sentence)
        return given

    def said(self) -> Said:
        work = {name: self.cleaned_data[name] for name in ("post", "shift", "crew")}
        return Said(person=self.person(), **work)
