"""From scans to presence: when somebody was inside a place, and how far that is shown.

A venue without a check-out knows a moment and no stay. What is assumed of it says so, and two assumed stays
are no contact by themselves: that is how venue scans made false contacts elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import pairwise
from typing import Final
from uuid import UUID

from fugong.passage.choices import Answer, Direction, Flag

LONGEST: Final = timedelta(hours=14)
"""Whoever went in and was not seen to leave for so long has probably left unseen."""
ASSUMED_STAY: Final = timedelta(hours=1)
"""At a venue where only coming is scanned."""
NOT_PRESENCE: Final = Flag.NOT_SHOWN_TO_BE_THERE | Flag.MISDATED


class Quality(IntEnum):
    """How far a presence is shown. Sorted: of two together the higher one counts."""

    SHOWN = 1
    """In and out."""
    OPEN = 2
    """In, and not yet so long ago that a missing way out is strange."""
    ASSUMED = 3
    """A moment at a venue, with a stay that nobody has seen."""
    DOUBTFUL = 4
    """In, and then in again or nothing for too long: left unseen at some time."""
    LEFT_ONLY = 5
    """Out without in: was there at that moment, since when nobody knows."""


@dataclass(frozen=True, slots=True)
class Place:
    """What counts as one inside: a zone with all its gates, or a gate by itself. A venue assumes a stay."""

    key: UUID
    is_venue: bool = False
    longest: timedelta = LONGEST

    @property
    def limit(self) -> timedelta:
        """How long somebody is taken to be inside who is not seen to leave."""
        return ASSUMED_STAY if self.is_venue else self.longest


@dataclass(frozen=True, slots=True)
class Passed:
    """A scan of somebody who went through."""

    at: datetime
    place: Place
    direction: Direction


@dataclass(frozen=True, slots=True)
class Presence:
    """Both moments are inside it. `until` is the latest that can be said at the moment of asking."""

    place: Place
    since: datetime
    until: datetime
    quality: Quality


@dataclass(frozen=True, slots=True)
class Meeting:
    """That two were in one place at the same time, by their presences."""

    since: datetime
    until: datetime
    quality: Quality

    @property
    def minutes(self) -> int:
        return int((self.until - self.since).total_seconds() // 60)


def has_passed(answer: int, flags: int) -> bool:
    """Let through, or through against the answer: whoever was to be asked, when the guard says so."""
    return answer == Answer.ALLOW or bool(flags & Flag.FORCED)


def is_presence(answer: int, flags: int) -> bool:
    """A scan with a wrong clock, or not shown to be made on the spot, says of nobody where he was."""
    return has_passed(answer, flags) and not flags & NOT_PRESENCE


def presences(scans: Iterable[Passed], *, now: datetime) -> list[Presence]:
    """Of one person, the earliest first. Scans in any order, none after `now`."""
    places: dict[Place, list[Passed]] = {}
    for scan in scans:
        places.setdefault(scan.place, []).append(scan)
    found = [each for place, seen in places.items() for each in _at(place, seen, now)]
    return sorted(found, key=lambda each: (each.since, each.until, each.place.key))


def meetings(one: Sequence[Presence], other: Sequence[Presence]) -> list[Meeting]:
    """Each presence of the one with each of the other: what the database answers by its indexes."""
    return [
        Meeting(max(a.since, b.since), min(a.until, b.until), max(a.quality, b.quality))
        for a in one
        for b in other
        if a.place.key == b.place.key and max(a.since, b.since) <= min(a.until, b.until)
    ]


def _at(place: Place, seen: list[Passed], now: datetime) -> Iterable[Presence]:
    ordered: list[Passed | None] = [None, *sorted(seen, key=lambda each: (each.at, each.direction)), None]
    for before, (scan, after) in zip(ordered, pairwise(ordered[1:]), strict=False):
        if scan is None:
            continue
        if scan.direction == Direction.IN:
            yield _from(place, scan, after, now)
        elif not _goes_with(before, scan):
            yield Presence(place, scan.at, scan.at, Quality.LEFT_ONLY)


def _from(place: Place, scan: Passed, after: Passed | None, now: datetime) -> Presence:
    if after is not None and _goes_with(scan, after):
        return Presence(place, scan.at, after.at, Quality.SHOWN)
    limit = scan.at + place.limit
    until = min(limit, now, after.at if after else now)
    if place.is_venue:
        return Presence(place, scan.at, until, Quality.ASSUMED)
    is_open = after is None and now < limit
    return Presence(place, scan.at, until, Quality.OPEN if is_open else Quality.DOUBTFUL)


def _goes_with(came: Passed | None, left: Passed) -> bool:
    """By the longest presence also at a venue: somebody who checks out has shown the stay."""
    if came is None or came.direction != Direction.IN or left.direction != Direction.OUT:
        return False
    return left.at - came.at <= came.place.longest
