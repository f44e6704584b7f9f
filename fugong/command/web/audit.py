"""The auditor's page: who did what, newest first, and whether the chain holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fugong.command.web.deeds import changed, deed, deed_choices, subject
from fugong.core.audit import queries
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.personal import is_sealed
from fugong.core.audit.verifying import verify
from fugong.core.canonical import Json
from fugong.core.clock import LOCAL, end_of
from fugong.core.refusals import Invalid
from fugong.core.web.pages import AskingRequest, page

FILTERS = ("action", "subject_id", "since", "until", "who")


class FilterForm(forms.Form):
    action = forms.CharField(label=_("Act"), required=False, widget=forms.Select)
    subject_id = forms.CharField(label=_("Number of the subject"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MaxValueValidator(date(2999, 12, 31))],
    )
    who = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A deed that nobody does any more can still be asked for by its address.
        self.fields["action"].widget.choices = deed_choices()

    def wanted(self) -> queries.Filter:
        """What of it can be understood: a wrong date is said beside its field, the rest still narrows."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        since, until = given.get("since"), given.get("until")
        return queries.Filter(
            actor_id=given.get("who"),
            action=given.get("action") or "",
            subject_id=given.get("subject_id") or "",
            since=datetime(since.year, since.month, since.day, tzinfo=LOCAL) if since else None,
            until=end_of(until) if until else None,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, its place in the chain (None: not sealed yet) and what it says was changed."""

    entry: AuditEntry
    position: int | None
    actor: str | Promise
    deed: str | Promise
    subject: str | Promise
    changes: list[tuple[str | Promise, str]]
    who_query: str
    subject_query: str


@page("audit.see")
def entries(request: AskingRequest) -> HttpResponse:
    form = FilterForm(request.GET or None)
    wanted = form.wanted()
    found = queries.list_entries(actor=request.actor, wanted=wanted, after=_cursor(request))
    query = _query(request)
    values = {
        "form": form,
        "lines": [_line(entry, found.positions.get(entry.id), query) for entry in found.entries],
        "who": next((entry.actor_name for entry in found.entries), "") if wanted.actor_id else "",
        "everybody_query": urlencode({key: value for key, value in query.items() if key != "who"}),
        "next": found.next,
        "is_later_page": "after" in request.GET,
        "query": urlencode(query),
        "verdict": verify(request.actor.authority_id) if "verify" in request.GET else None,
    }
    return render(request, "command/audit.html", values)


def _cursor(request: AskingRequest) -> queries.Cursor | None:
    """A damaged one begins at the newest."""
    try:
        return queries.Cursor.parse(request.GET["after"])
    except (KeyError, Invalid):
        return None


def _query(request: AskingRequest) -> dict[str, str]:
    """The filters alone: a link to another page or person starts where the filters start."""
    return {name: value for name in FILTERS if (value := request.GET.get(name))}


def _line(entry: AuditEntry, position: int | None, query: Mapping[str, str]) -> Line:
    return Line(
        entry=entry,
        position=position,
        actor=entry.actor_name if entry.actor_id else _("The system"),
        deed=deed(entry.action),
        subject=subject(entry.subject_kind),
        changes=[(changed(key), _told(value)) for key, value in entry.changes.items()],
        who_query=urlencode({**query, "who": str(entry.actor_id)}) if entry.actor_id else "",
        subject_query=urlencode({"subject_id": entry.subject_id}),
    )


def _told(value: Json) -> str:
    """In a line. Personal values stay sealed: an auditor sees that one was changed, not what it was."""
    if is_sealed(value):
        return gettext("a personal value, sealed")
    if isinstance(value, list) and len(value) == 2:
        return f"{_told(value[0])} → {_told(value[1])}"
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
