from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.clearance.operations import Proposal
from fugong.core.bilingual import in_language
from fugong.playbooks.facts import HandReason

TEXT_LENGTH = 2000


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5}), **options)


class ProposeForm(forms.Form):
    """The reasons are the playbook's; each says for how long at most."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    text = _text(
        label=_("On what it stands"),
        help_text=_("The paper, its number, who said it and when. The person will read it."),
    )
    file = forms.FileField(
        label=_("The paper itself"),
        required=False,
        help_text=_("A photo, a Word file or a PDF. The second person and the person itself can open it."),
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=99, initial=1)

    def __init__(self, *args: Any, reasons: Iterable[HandReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(reason.id, _line(reason)) for reason in reasons]

    def proposal(self) -> Proposal:
        given = self.cleaned_data
        return Proposal(given["reason"], given["text"], given["days"], given["file"])


class ConfirmForm(forms.Form):
    note = _text(label=_("A word on it"), required=False)


class NoteForm(forms.Form):
    note = _text(label=_("Why"))


class AppealForm(forms.Form):
    text = _text(label=_("Why the level is wrong"))


class AnswerForm(forms.Form):
    granted = forms.ChoiceField(
        label=_p("clearance", "Answer"),
        choices=[("yes", _("It was wrong: the level is lifted at once")), ("no", _("The level stands"))],
        widget=forms.RadioSelect,
    )
    text = _text(label=_("What was found"), help_text=_("The person reads this."))


def _line(reason: HandReason) -> str:
    said = _("%(name)s (at most %(days)s days)") % {
        "name": in_language(reason.name.zh, reason.name.en),
        "days": reason.longest_days,
    }
    return str(said)
