"""Rolls: all of them with how far they are, who is missing on one, and letting one person off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.duties import operations, permissions, queries
from fugong.duties.choices import Outcome
from fugong.duties.models import Duty
from fugong.duties.web.forms import ExcuseEntryForm
from fugong.duties.web.people import Group, way_to_do
from fugong.duties.web.rolls import person_rows, rolls_table, tally_rows
from fugong.duties.web.rows import duty_row
from fugong.duties.web.shortfall import owner_label

# A crew is smaller; of a whole enterprise nobody reads further.
SHOWN = 200


@page(permissions.SEE)
def listing(request: AskingRequest) -> HttpResponse:
    values = {"tallies": tally_rows(queries.tally_rolls(request.actor, now=present()))}
    return render_page(request, "duties/rolls.html", values, table=_table(request))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    return answer_export(request, _table(request), now=present())


def _table(request: AskingRequest) -> BoundTable[Duty]:
    now = present()
    url = reverse("duties:export_rolls") if may_export(request.actor) else ""
    return rolls_table(queries.list_rolls(request.actor, now=now), request, now=now, export_url=url)


@page()
def roll(request: AskingRequest, roll_id: UUID) -> HttpResponse:
    """For whoever owes it and whoever looks it over. Only what the reader may see of a file is shown."""
    actor = request.actor
    duty = queries.get_roll(actor, roll_id)
    missing = queries.list_missing(duty)
    shown = list(missing[:SHOWN])
    is_open = duty.outcome is Outcome.OPEN
    values = {
        "row": duty_row(duty, now=present(), owner=owner_label(duty)),
        "people": person_rows(shown, actor),
        "excused": person_rows(queries.list_excused(duty), actor),
        "hidden": missing.count() - len(shown) if len(shown) == SHOWN else 0,
        "is_quota": duty.quota_percent is not None,
        "outcome": duty.outcome,
        "may_excuse": duty.outcome in (Outcome.OPEN, Outcome.DONE) and queries.may_excuse_on(actor, duty),
        "way": way_to_do(actor, duty.kind, _group(duty)) if is_open else None,
    }
    return render(request, "duties/roll.html", values)


def _group(duty: Duty) -> Group:
    return Group(duty.subject_kind, duty.subject_id, duty.roll_enterprise_id, duty.period)


@action()
def excuse(request: AskingRequest, entry_id: UUID) -> HttpResponse:
    form = ExcuseEntryForm(request.POST or None)
    entry = queries.get_entry(request.actor, entry_id)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            said = {name: form.cleaned_data[name] for name in ("reason", "note")}
            operations.excuse_entry(entry_id, actor=request.actor, now=present(), **said)
            messages.success(request, _("%(name)s is let off.") % {"name": entry.label})
            return redirect("duties:roll", entry.duty_id)
    values = {"form": form, "entry": entry, "row": duty_row(entry.duty, now=present())}
    return render(request, "duties/excuse_entry.html", values, status=422 if form.errors else 200)
