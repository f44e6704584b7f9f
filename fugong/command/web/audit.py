"""The auditor's page: who did what, newest first, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.accounts import queries as accounts
from fugong.command.web.deeds import GROUPS, deed, deed_choices, subject
from fugong.command.web.trail import FILTERS, actor_of, changes_of, trail_table
from fugong.core.actor import Actor
from fugong.core.audit import queries
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.verifying import verify
from fugong.core.clock import LOCAL, day_up_to, end_of, local_date
from fugong.core.clock import now as present
from fugong.core.punctuation import labelled, listed
from fugong.core.refusals import Invalid
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page


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
        "export": trail_table(queries.every_entry(actor=request.actor, wanted=wanted), request),
        "is_later_page": "after" in request.GET,
        "query": urlencode(query),
        "verdict": verify(request.actor.authority_id) if "verify" in request.GET else None,
    }
    return render(request, "command/audit.html", values)


@action("audit.see", methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    """All that the filters leave, up to this moment: the export's own entry is not in its file."""
    actor, now = request.actor, present()
    wanted = FilterForm(request.GET).wanted()
    up_to_now = replace(wanted, until=min(wanted.until or now, now))
    rows = queries.every_entry(actor=actor, wanted=up_to_now)
    table = trail_table(rows, request, scope=_in_words(wanted, actor))
    return answer_export(request, table, now=now, needs=("audit.see",))


def _in_words(wanted: queries.Filter, actor: Actor) -> str:
    people = accounts.names_of({wanted.actor_id} if wanted.actor_id else (), actor=actor)
    said = [
        (_("Who"), people.get(wanted.actor_id) or wanted.actor_id if wanted.actor_id else ""),
        (_("Act"), GROUPS.get(wanted.action) or deed(wanted.action)),
        (_("Number of the subject"), wanted.subject_id),
        (_("From"), local_date(wanted.since) if wanted.since else ""),
        (_("To"), day_up_to(wanted.until) if wanted.until else ""),
    ]
    return listed(labelled(label, value) for label, value in said if value)


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
        actor=actor_of(entry),
        deed=deed(entry.action),
        subject=subject(entry.subject_kind),
        changes=changes_of(entry),
        who_query=urlencode({**query, "who": str(entry.actor_id)}) if entry.actor_id else "",
        subject_query=urlencode({"subject_id": entry.subject_id}),
    )
