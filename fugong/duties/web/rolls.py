"""Rolls as tables: all of them with how far they are, and who is missing on one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.punctuation import labelled
from fugong.core.web.tables import BoundTable, Column, Table
from fugong.duties.models import Duty, Entry
from fugong.duties.queries import RollTally
from fugong.duties.web.people import Shown, shown_to
from fugong.duties.web.rows import Progress, duty_row
from fugong.duties.web.shortfall import by_clock, by_kind, owner_label, progress_of

NOTHING = Shown()


def rolls_table(
    queryset: QuerySet[Duty], request: HttpRequest, *, now: datetime, export_url: str
) -> BoundTable[Duty]:
    table = Table[Duty](
        key="rolls",
        label=_("Rolls"),
        columns=_columns(now),
        filters=[by_clock(now), by_kind()],
        default_sort="due",
        search=lambda rows, text: rows.filter(subject_label__icontains=text),
        search_label=_("Name of the enterprise or crew"),
        empty_title=_("Nobody is missing on any roll"),
        empty_text=_("Rolls stand here from their opening until everybody on them has done it."),
    )
    return table.bind(queryset, request, export_url=export_url)


def _columns(now: datetime) -> list[Column[Duty]]:
    return [
        Column(
            key="subject",
            label=_("Enterprise, crew"),
            render="duties/parts/roll_link.html",
            sort=("subject_label",),
            export=lambda duty: duty.subject_label,
            heading=True,
        ),
        Column(key="kind", label=_("What is owed"), render=lambda duty: duty.label, sort=("kind", "due_at")),
        Column(
            key="period", label=_("Reporting period"), render=lambda duty: duty.period, wide=True, short=True
        ),
        Column(
            key="progress",
            label=_("Done"),
            render=progress_of,
            export=lambda duty: f"{duty.done}/{duty.expected}",
        ),
        Column(
            key="missing",
            label=_("Missing"),
            render=lambda duty: duty.missing,
            sort=("missing",),
            number=True,
        ),
        Column(key="owner", label=_("Owner"), render=owner_label, wide=True),
        Column(
            key="due",
            label=_("Deadline"),
            render=lambda duty: render_to_string(
                "duties/parts/deadline.html", {"row": duty_row(duty, now=now)}
            ),
            sort=("due_at",),
            export=lambda duty: duty.due_at,
        ),
    ]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One kind and period, over all rolls the reader may look over."""

    label: str | Promise
    period: str
    rolls: int
    progress: Progress


def tally_rows(tallies: Collection[RollTally]) -> list[TallyRow]:
    return [
        TallyRow(each.label, each.period, each.rolls, Progress(each.done, each.expected)) for each in tallies
    ]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody on a roll, with what the reader may see of the file; `note` is why he or she is let off."""

    entry_id: UUID
    name: str
    shown: Shown
    note: str = ""


def person_rows(entries: Collection[Entry], actor: Actor) -> list[PersonRow]:
    """The files are asked once for all of them."""
    files = shown_to(actor, [entry.subject_id for entry in entries])
    return [
        PersonRow(entry.id, entry.label, files.get(entry.subject_id, NOTHING), _note(entry))
        for entry in entries
    ]


def _note(entry: Entry) -> str:
    return labelled(entry.get_excuse_display(), entry.excuse_note) if entry.excuse else ""
