"""Signs that reports may not be believed: what they rest on, told to a supervisor. They prove nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final
from uuid import UUID

from fugong.health.choices import Sign, Way

BY_HAND: Final = frozenset({Way.OWN, Way.PROXY})
"""A crew's sheet and a thermometer send many at once by their nature."""
LISTED_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """One report, as far as the signs ask."""

    person: UUID
    day: date
    revision: int
    tenths: int | None
    way: Way
    device: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thresholds:
    same_value_days: int
    same_second_people: int
    same_device_people: int
    jump_tenths: int
    jump_minutes: int
    full_days: int
    full_people: int


@dataclass(frozen=True, slots=True)
class Found:
    """A sign with what it rests on: whom, when, how much. `day` is the last day it speaks of."""

    sign: Sign
    day: date
    people: tuple[UUID, ...]
    number: int
    values: Mapping[str, str | int]


def signs_of_person(reports: Iterable[Seen], thresholds: Thresholds) -> Iterator[Found]:
    """Of one person's reports, in any order."""
    ordered = sorted(reports, key=attrgetter("day", "revision"))
    yield from _same_value(latest_of_days(ordered), thresholds)
    yield from _jumps(ordered, thresholds)


def signs_of_day(reports: Iterable[Seen], thresholds: Thresholds) -> Iterator[Found]:
    """Of one enterprise's reports for one day."""
    by_hand = [each for each in reports if each.way in BY_HAND]
    seconds: dict[datetime, list[Seen]] = defaultdict(list)
    devices: dict[str, list[Seen]] = defaultdict(list)
    for each in by_hand:
        seconds[each.at.replace(microsecond=0)].append(each)
        if each.device and each.way is Way.OWN:
            devices[each.device].append(each)
    for second, found in sorted(seconds.items()):
        yield from _many(
            Sign.SAME_SECOND, found, thresholds.same_second_people, {"second": second.isoformat()}
        )
    for device, found in sorted(devices.items()):
        yield from _many(Sign.SAME_DEVICE, found, thresholds.same_device_people, {"device": device[:8]})


def signs_of_rate(rates: Sequence[tuple[date, int, int]], thresholds: Thresholds) -> Iterator[Found]:
    """Of one enterprise's days, each with how many were due and came; days none was due are left out."""
    days = sorted(rate for rate in rates if rate[1])[-thresholds.full_days :]
    is_full = all(came >= due >= thresholds.full_people for _day, due, came in days)
    if len(days) == thresholds.full_days and is_full:
        yield Found(Sign.FULL_RATE, days[-1][0], (), len(days), {"days": len(days), "people": days[-1][1]})


def latest_of_days(reports: Iterable[Seen]) -> list[Seen]:
    """What counts of each day, the earliest day first."""
    latest: dict[tuple[UUID, date], Seen] = {}
    for each in sorted(reports, key=attrgetter("day", "revision")):
        latest[each.person, each.day] = each
    return list(latest.values())


def _same_value(days: Sequence[Seen], thresholds: Thresholds) -> Iterator[Found]:
    """The run of equal values that is still going on: one that has ended is past."""
    measured = [each for each in days if each.tenths is not None and each.way in BY_HAND]
    runs = [list(run) for _value, run in groupby(measured, key=attrgetter("tenths"))]
    last = runs[-1] if runs else []
    if len(last) >= thresholds.same_value_days:
        values = {"value": last[-1].tenths or 0, "days": len(last)}
        yield Found(Sign.SAME_VALUE, last[-1].day, (last[-1].person,), len(last), values)


def _jumps(reports: Sequence[Seen], thresholds: Thresholds) -> Iterator[Found]:
    measured = sorted((each for each in reports if each.tenths is not None), key=attrgetter("at"))
    for before, after in pairwise(measured):
        change = abs((after.tenths or 0) - (before.tenths or 0))
        apart = after.at - before.at
        if change >= thresholds.jump_tenths and apart <= timedelta(minutes=thresholds.jump_minutes):
            values: dict[str, str | int] = {
                "from": before.tenths or 0,
                "to": after.tenths or 0,
                "minutes": int(apart.total_seconds() // 60),
            }
            yield Found(Sign.JUMP, after.day, (after.person,), change, values)


def _many(
    sign: Sign, reports: Sequence[Seen], least: int, values: Mapping[str, str | int]
) -> Iterator[Found]:
    people = tuple(dict.fromkeys(each.person for each in reports))
    if len(people) >= least:
        yield Found(sign, reports[-1].day, people[:LISTED_MOST], len(people), values)
