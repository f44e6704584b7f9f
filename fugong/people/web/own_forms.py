"""The form a person fills in on a phone. What may be is said by the rules."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fugong.people.rules.self_registering import Said
from fugong.people.web.forms import PersonForm

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

    def said(self) -> Said:
        work = {name: self.cleaned_data[name] for name in ("post", "shift", "crew")}
        return Said(person=self.person(), **work)
