from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ComposeForm(forms.Form):
    day = forms.DateField(
        label=_("As of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The end of that day; for today, this moment."),
    )
