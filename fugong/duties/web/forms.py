from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fugong.duties.choices import EntryExcuse, Excuse


class ExcuseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=Excuse.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("In a sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExcuseEntryForm(ExcuseForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=EntryExcuse.choices, widget=forms.RadioSelect)


class HandOverForm(forms.Form):
    """`owners` are the persons who owe something, as (id, name)."""

    from_user = forms.TypedChoiceField(label=_("Handed over by"))
    to_username = forms.CharField(
        label=_("Successor"), max_length=60, help_text=_("User name of the successor.")
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["from_user"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = owners
