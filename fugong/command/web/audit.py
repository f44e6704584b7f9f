"""The auditor's page: who did what, newest first, and whether the chain holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from fugong.core.audit import queries
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.verifying import verify
from fugong.core.clock import LOCAL, end_of
from fugong.core.refusals import Invalid
from fugong.core.web.pages import AskingRequest, page


class FilterForm(forms.Form):
    action = forms.CharField(label=_("Act"), required=False, help_text=_("for example resumption."))
    subject_id = forms.CharField(label=_("Subject"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def wanted(self) -> queries.Filter:
        given = self.cleaned_data if self.is_valid() else {}
        since, until = given.get("since"), given.get("until")
        return queries.Filter(
            action=given.get("action") or "",
            subject_id=given.get("subject_id") or "",
            since=datetime(since.year, since.month, since.day, tzinfo=LOCAL) if since else None,
            until=end_of(until) if until else None,
        )


@dataclass(frozen=True, slots=True)
class Line:
    entry: AuditEntry
    position: int | None


@page("audit.see")
def entries(request: AskingRequest) -> HttpResponse:
    form = FilterForm(request.GET or None)
    after = request.GET.get("after", "")
    try:
        cursor = queries.Cursor.parse(after) if after else None
    except Invalid:
        cursor = None
    found = queries.list_entries(actor=request.actor, wanted=form.wanted(), after=cursor)
    values = {
        "form": form,
        "lines": [Line(entry, found.positions.get(entry.id)) for entry in found.entries],
        "next": found.next,
        "query": _without_cursor(request),
        "verdict": verify(request.actor.authority_id) if "verify" in request.GET else None,
    }
    return render(request, "command/audit.html", values)


def _without_cursor(request: AskingRequest) -> str:
    asked = request.GET.copy()
    for name in ("after", "verify"):
        asked.pop(name, None)
    return asked.urlencode()
