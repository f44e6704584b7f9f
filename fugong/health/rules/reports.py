"""What a report says, checked against the playbook's terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from fugong.health.choices import IncidentKind, Place, Reading
from fugong.health.rules.days import Window, is_late, problem_of_day
from fugong.health.rules.problems import Problem
from fugong.health.rules.readings import Believed, read_temperature, tenths

NOTE_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ReportData:
    """What somebody says of a person's day. `temperature` is as typed, and counts for a measured value."""

    day: date
    temperature: str = ""
    reading: Reading = Reading.VALUE
    symptoms: tuple[str, ...] = ()
    place: Place = Place.WORK
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The playbook's terms as this rule needs them; `alarming` symptoms open an incident."""

    limit: Decimal
    believed: Believed
    window: Window
    known: frozenset[str]
    alarming: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A report that may be kept."""

    day: date
    tenths: int | None
    reading: Reading
    symptoms: tuple[str, ...]
    place: Place
    note: str
    is_late: bool
    alarm: IncidentKind | None


def checked(
    data: ReportData, limits: Limits, *, now: datetime, corrects: bool
) -> Said | Mapping[str, Problem]:
    """The report, or what is wrong with it by field."""
    problems: dict[str, Problem] = {}
    value: Decimal | None = None
    if data.reading is Reading.VALUE:
        read = read_temperature(data.temperature, limits.believed)
        if isinstance(read, Problem):
            problems["temperature"] = read
        else:
            value = read
    if closed := problem_of_day(data.day, now=now, window=limits.window, corrects=corrects):
        problems["day"] = closed
    problems |= _problems_of_words(data, limits)
    if problems:
        return problems
    return Said(
        day=data.day,
        tenths=tenths(value) if value is not None else None,
        reading=data.reading,
        symptoms=tuple(dict.fromkeys(data.symptoms)),
        place=data.place,
        note=data.note.strip(),
        is_late=is_late(data.day, now=now),
        alarm=alarm_of(value, data.symptoms, limits),
    )


def alarm_of(value: Decimal | None, symptoms: tuple[str, ...], limits: Limits) -> IncidentKind | None:
    """A fever comes before a symptom: it is the worse sign."""
    if value is not None and value >= limits.limit:
        return IncidentKind.FEVER
    return IncidentKind.SYMPTOM if limits.alarming.intersection(symptoms) else None


def _problems_of_words(data: ReportData, limits: Limits) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    if not limits.known.issuperset(data.symptoms):
        found["symptoms"] = Problem("unknown_symptom", _("Choose symptoms from the list."))
    if len(data.note.strip()) > NOTE_MOST:
        found["note"] = Problem("note_too_long", _("At most %(number)s characters.") % {"number": NOTE_MOST})
    return found
