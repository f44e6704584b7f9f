"""The own file in words: each entry with its value, where it came from, and what was said against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.regions import region_name
from fugong.people.choices import Answer, DocumentKind, Entry, UnmaskReason, Way
from fugong.people.models import Challenge, Device, Employment, Person
from fugong.people.queries import OwnFile, masked_numbers
from fugong.people.rules.origins import Origin
from fugong.people.web.shown import ACTS

Text = str | Promise
LABELS: Final[Mapping[Entry, Text]] = {
    Entry.NAME: _p("person", "Name"),
    Entry.DOCUMENT: _("Number of the document"),
    Entry.PHONE: _("Telephone"),
    Entry.HOME_REGION: _("Home region"),
    Entry.LODGING: _("Present lodging"),
}
LOOKED: Final = "people.unmask"


@dataclass(frozen=True, slots=True)
class Note:
    """What the person said against an entry, and the answer to it."""

    entry: Text
    said: str
    at: datetime
    outcome: Text = ""
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `entry` is what a challenge of it is called by."""

    entry: str
    label: Text
    value: Text
    at: datetime | None
    by: str
    way: Text
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Something that somebody did with the file."""

    title: Text
    at: datetime
    by: str
    why: Text = ""


@dataclass(frozen=True, slots=True)
class ShownFile:
    lines: tuple[Line, ...]
    work: tuple[Line, ...]
    phones: tuple[Line, ...]
    consents: tuple[Line, ...]
    looks: tuple[Done, ...]
    acts: tuple[Done, ...]
    notes: tuple[Note, ...]
    """Those that stand beside no single line above."""


def shown_file(kept: OwnFile, *, in_full: bool = False) -> ShownFile:
    """Numbers masked: a phone is looked at over a shoulder. `in_full` for the copy alone."""
    notes = [_note(row) for row in kept.challenges]
    acts = [_done(entry.action, entry.at, entry.actor_name, entry.changes) for entry in kept.acts]
    return ShownFile(
        lines=tuple(_line(kept, entry, notes, in_full=in_full) for entry in LABELS),
        work=tuple(_work(row) for row in kept.employments),
        phones=tuple(_phone(row) for row in kept.phones),
        consents=tuple(
            Line("", row.enterprise.name, row.consent_version, row.consented_at, "", "")
            for row in kept.registrations
        ),
        looks=tuple(
            act for act, entry in zip(acts, kept.acts, strict=True) if entry.action == LOOKED and act
        ),
        acts=tuple(act for act in acts if act),
        notes=tuple(
            note for note, row in zip(notes, kept.challenges, strict=True) if Entry(row.entry) not in LABELS
        ),
    )


def note_of(row: Challenge) -> Note:
    return _note(row)


def _line(kept: OwnFile, entry: Entry, notes: list[Note], *, in_full: bool) -> Line:
    person = kept.person
    first = Origin(person.recorded_at, "", person.way)
    origin = kept.origins.get(entry.value, first)
    # An act without a name is the person's own: it came from this phone.
    mine_alone = "" if origin.by else _("You yourself")
    way = Way(origin.way).label if origin.way else mine_alone
    mine = tuple(note for note, row in zip(notes, kept.challenges, strict=True) if row.entry == entry)
    return Line(
        entry.value, LABELS[entry], _value(person, entry, in_full=in_full), origin.at, origin.by, way, mine
    )


def _value(person: Person, entry: Entry, *, in_full: bool) -> str:
    numbers = masked_numbers(person)
    if entry is Entry.DOCUMENT:
        number = str(person.document) if in_full else numbers.document
        return f"{DocumentKind(person.document_kind).label} {number}"
    if entry is Entry.PHONE:
        return str(person.phone) if in_full else numbers.phone
    if entry is Entry.HOME_REGION:
        return region_name(person.home_region) if person.home_region else ""
    return str(getattr(person, entry.value))


def _work(row: Employment) -> Line:
    parts = (row.post, row.shift, row.crew, row.room, _period(row))
    value = " \u00b7 ".join(part for part in parts if part)
    return Line("", row.enterprise.name, value, row.recorded_at, row.recorded_by_name, Way(row.way).label)


def _period(row: Employment) -> str:
    until = row.ends_on.isoformat() if row.ends_on else ""
    return f"{row.starts_on.isoformat()} \u2013 {until}".rstrip()


def _phone(row: Device) -> Line:
    value = row.get_ended_why_display() if row.ended_at else row.get_bond_display()
    return Line("", _("Registered"), value, row.confirmed_at or row.opened_at, row.confirmed_by_name, "")


def _note(row: Challenge) -> Note:
    return Note(
        entry=Entry(row.entry).label,
        said=str(row.said),
        at=row.given_at,
        outcome=Answer(row.outcome).label if row.outcome else "",
        answer=str(row.answer or ""),
        answered_at=row.answered_at,
        answered_by=row.answered_by_name,
    )


def _done(action: str, at: datetime, by: str, changes: Mapping[str, object]) -> Done | None:
    if action not in ACTS:
        return None
    reason = str(changes.get("reason", ""))
    why: Text = UnmaskReason(reason).label if reason in UnmaskReason.values else ""
    return Done(ACTS[action][0], at, by, why)
