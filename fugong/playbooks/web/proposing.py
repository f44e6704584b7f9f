"""Putting a playbook in force: hand the file in, see what is wrong or what would change, choose the day."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.refusals import Invalid, NotFound, Refused
from fugong.core.web.pages import AskingRequest, action
from fugong.playbooks import operations, queries
from fugong.playbooks.facts import Playbook
from fugong.playbooks.permissions import ACTIVATE
from fugong.playbooks.rules.loading import MAX_BYTES
from fugong.playbooks.web.comparing import differences
from fugong.playbooks.web.rehearsals import rehearsed
from fugong.playbooks.web.shown import worded


class ProposalForm(forms.Form):
    """The file is handed in once; while it is looked at it travels in the form, and nothing is kept of it."""

    file = forms.FileField(label=gettext_lazy("Playbook (TOML)"), required=False, allow_empty_file=True)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    kept_name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=255)
    from_day = forms.DateField(
        label=gettext_lazy("In force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "From the beginning of that day. What was decided before stays under the version of its day."
        ),
    )
    faults: list[str]
    playbook: Playbook | None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.faults, self.playbook = [], None
        content, name = self._content(given)
        if content is None:
            self.add_error("file", _("Choose the playbook's file."))
            return given
        try:
            self.playbook = queries.read_upload(content, name)
        except Invalid as refusal:
            self.faults = str(refusal).splitlines()
            self.add_error("file", _("The file is not in order, and nothing was changed."))
        return given

    def hold(self, playbook: Playbook, day: date) -> None:
        """What the form shows again: the file it was given, and the day, unless one was chosen."""
        data = cast(QueryDict, self.data).copy()
        data["kept"] = b64encode(playbook.text.encode()).decode()
        data["kept_name"] = playbook.file
        data["from_day"] = data.get("from_day") or day.isoformat()
        self.data = data
        self.fields["from_day"].required = True  # so that it is shown as what must be given

    def _content(self, given: dict[str, Any]) -> tuple[bytes | None, str]:
        file = given.get("file")
        if file is not None:
            return file.read(MAX_BYTES + 1), file.name
        try:
            return b64decode(given.get("kept") or "", validate=True) or None, given.get("kept_name") or ""
        except NotBase64:
            return None, ""


@action(ACTIVATE)
def propose(request: AskingRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "playbooks/propose.html", {"form": ProposalForm()})
    form = ProposalForm(request.POST, request.FILES)
    if form.is_valid() and form.playbook and "activate" in request.POST:
        try:
            return _activated(request, form.playbook, form.cleaned_data["from_day"])
        except Refused as refusal:
            form.add_error("from_day" if refusal.fields else None, str(refusal))
    return _looked_at(request, form)


def _activated(request: AskingRequest, playbook: Playbook, day: date | None) -> HttpResponse:
    if day is None:
        raise Invalid(_("Choose a day."), fields={"from_day": _("Choose a day.")})
    row = operations.activate(playbook, actor=request.actor, now=present(), from_day=day)
    said = _("Version %(version)s is in force from %(day)s on.")
    messages.success(request, said % {"version": row.version, "day": row.starts_on.isoformat()})
    return redirect("playbooks:version", row.id)


def _looked_at(request: AskingRequest, form: ProposalForm) -> HttpResponse:
    values: dict[str, Any] = {"form": form, "faults": form.faults}
    if form.playbook is not None:
        values |= _proposal(request, form, form.playbook)
    return render(request, "playbooks/propose.html", values, status=422 if form.errors else 200)


def _proposal(request: AskingRequest, form: ProposalForm, playbook: Playbook) -> dict[str, Any]:
    """The form again, now holding the file, with what would change: in the rules, and for whom."""
    now = present()
    today = local_date(now)
    try:
        current = queries.get_in_force(today).playbook
    except NotFound:
        current = None
    from_day = form.cleaned_data.get("from_day") or max(today, playbook.effective_from)
    form.hold(playbook, from_day)
    return {
        "playbook": playbook,
        "title": worded(playbook.title),
        "current": current,
        "differences": differences(current, playbook),
        "rehearsals": rehearsed(request.actor, playbook, from_day=from_day, now=now),
        "examples": playbook.number_of_examples,
    }
