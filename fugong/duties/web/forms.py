from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fugong.core.punctuation import listed
from fugong.duties.choices import Channel, EntryExcuse, Excuse


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


class ChannelForm(forms.Form):
    """`channels` are those the installation allows; none of them means its own way."""

    channel = forms.TypedChoiceField(
        label=_("Reminders come through"), required=False, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Secret of the signature"),
        required=False,
        max_length=128,
        help_text=_("Only for a robot of DingTalk that asks for a signature."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, channels: Sequence[Channel], mail_hosts: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("The way of this installation")),
            *((each.value, each.label) for each in channels),
        ]
        self.fields["address"].help_text = _help(channels, mail_hosts)
        if Channel.DINGTALK not in channels:
            del self.fields["secret"]


class MuteForm(forms.Form):
    kinds = forms.TypedMultipleChoiceField(
        label=_("Leave out until I take it back"), required=False, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label=_("Leave out everything until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("At most a month. Whoever is away longer has the duties handed over."),
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = kinds


def _help(channels: Sequence[Channel], mail_hosts: Sequence[str]) -> str:
    said = []
    if any(each is not Channel.MAIL for each in channels):
        said.append(gettext("Of a robot: the whole address, as its group shows it."))
    if Channel.MAIL in channels:
        hosts = listed(mail_hosts)
        said.append(gettext("A mailbox at one of these hosts: %(hosts)s.") % {"hosts": hosts})
    return " ".join(said)
