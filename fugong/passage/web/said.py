"""Passages in words: answers, reasons, ways, and how far a presence is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import LOCAL
from fugong.core.punctuation import listed
from fugong.core.web.parts import Status, Tone
from fugong.passage.choices import Answer, Direction, Flag, Reason, Way
from fugong.passage.queries import Line, PersonDays
from fugong.passage.rules.presence import Presence, Quality

DIRECTIONS: Final = {Direction.IN: _p("passage", "In"), Direction.OUT: _p("passage", "Out")}
ANSWERS: Final[dict[Answer, tuple[Promise, Tone]]] = {
    Answer.ALLOW: (_p("passage", "Let through"), Tone.GOOD),
    Answer.ASK: (_p("passage", "Asked"), Tone.WAITING),
    Answer.STOP: (_p("passage", "Refused"), Tone.BAD),
}
WAYS: Final = {
    Way.LIVE_CODE: _p("passage", "Code on the phone"),
    Way.OFFLINE_CODE: _p("passage", "Code without a network"),
    Way.CARD: _p("passage", "Card"),
    Way.NUMBER: _p("passage", "Number of the document"),
    Way.VENUE: _p("passage", "Code of the venue"),
    Way.PLATE: _p("passage", "Plate"),
    Way.BY_HAND: _p("passage", "By hand"),
}
REASONS: Final[dict[Reason, Promise | str]] = {
    Reason.FREE: "",
    Reason.UNKNOWN_CODE: _p("passage", "Code of another authority"),
    Reason.MALFORMED: _p("passage", "No health code"),
    Reason.FORGED: _p("passage", "Code altered"),
    Reason.EXPIRED: _p("passage", "Code had run out"),
    Reason.OLD: _p("passage", "Code some minutes old"),
    Reason.EARLY: _p("passage", "Code not good yet"),
    Reason.REVOKED: _p("passage", "Code withdrawn"),
    Reason.NO_FILE: _p("passage", "Nothing on record"),
    Reason.LEVEL: _p("passage", "By the level"),
    Reason.LEVEL_UNKNOWN: _p("passage", "Level not known"),
    Reason.FEVER: _p("passage", "Temperature at the limit or above"),
    Reason.OTHER_ENTERPRISE: _p("passage", "Works elsewhere"),
    Reason.CREW_HOURS: _p("passage", "Outside the shift"),
    Reason.WINDOW: _p("passage", "Visit not for now"),
    Reason.NO_PASS: _p("passage", "No pass for now"),
    Reason.GATE_CLOSED: _p("passage", "Gate closed"),
    Reason.NO_TEST: _p("passage", "No recent test"),
    Reason.NOT_IN_LOOP: _p("passage", "Not of the closed loop"),
    Reason.NOT_ON_THE_SPOT: _p("passage", "Not shown to be on the spot"),
    Reason.USED_ELSEWHERE: _p("passage", "Used elsewhere a moment before"),
}
QUALITIES: Final[dict[Quality, tuple[Promise, Tone]]] = {
    Quality.SHOWN: (_p("presence", "Scanned in and out"), Tone.GOOD),
    Quality.OPEN: (_p("presence", "Still inside"), Tone.WAITING),
    Quality.ASSUMED: (_p("presence", "Stay assumed"), Tone.NEUTRAL),
    Quality.DOUBTFUL: (_p("presence", "Left unseen"), Tone.WARNING),
    Quality.LEFT_ONLY: (_p("presence", "Only leaving was scanned"), Tone.WARNING),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One scan, ready for a page."""

    at: datetime
    place: str
    direction: str
    status: Status
    why: str
    way: str
    notes: str


def said_of(line: Line) -> Said:
    label, tone = ANSWERS[line.answer]
    return Said(
        at=line.at,
        place=line.gate.name if line.gate else _now("a gate no longer known"),
        direction=str(DIRECTIONS[line.direction]),
        status=Status(label, tone),
        why=str(REASONS[line.reason]),
        way=str(WAYS[line.way]),
        notes=listed(notes_of(line)),
    )


def notes_of(line: Line) -> list[str]:
    """What has to be known to read the line right."""
    notes = {
        Flag.FORCED: _now("went through all the same"),
        Flag.NOT_SHOWN_TO_BE_THERE: _now("not shown to be on the spot: no presence"),
        Flag.MISDATED: _now("the device's clock was wrong: shown when received"),
        Flag.DECIDED_OFFLINE: _now("decided by the device without a network"),
        Flag.CONFLICT: _now("the server would have answered otherwise"),
    }
    return [words for flag, words in notes.items() if line.flags & flag]


def stay_words(presence: Presence, name: str) -> dict[str, object]:
    """One stay: where, from when to when, and how far it is shown."""
    label, tone = QUALITIES[presence.quality]
    return {
        "place": name,
        "period": period(presence.since, presence.until),
        "status": Status(label, tone),
        "is_open": presence.quality == Quality.OPEN,
    }


def period(since: datetime, until: datetime) -> str:
    starts, ends = since.astimezone(LOCAL), until.astimezone(LOCAL)
    if starts == ends:
        return f"{starts:%H:%M}"
    day = "" if starts.date() == ends.date() else f"{ends:%m-%d} "
    return f"{starts:%H:%M} – {day}{ends:%H:%M}"


def days_said(found: PersonDays) -> list[dict[str, object]]:
    """The days of a person as every page shows them."""
    return [
        {
            "day": day.day,
            "stays": [stay_words(each, found.place_name(each)) for each in day.presences],
            "passed": _all(day.passed),
            "refused": _all(day.refused),
        }
        for day in found.days
    ]


def _all(lines: Sequence[Line]) -> list[Said]:
    return [said_of(line) for line in lines]
