"""Where somebody was, and when: what is said of a stay, and which regions count as lately visited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fugong.core.names import tidy
from fugong.core.regions import around, tidied_region
from fugong.people.choices import Transport
from fugong.people.rules.data import region_problem
from fugong.people.rules.problems import Problem

LOOKS_BACK: Final = timedelta(days=28)
EARLIEST: Final = timedelta(days=366)
LATEST: Final = timedelta(days=60)
NUMBER_LENGTH: Final = 40
Kept = list[str | None]
"""A stay as the person's row keeps it: region, first day, last day (None: still there)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayData:
    """`region` may be a name, and is a code of GB/T 2260 once tidied. `to_on` None: still there.

    `transport` and `number` are those of the way back from there.
    """

    region: str
    from_on: date
    to_on: date | None = None
    transport: Transport | None = None
    number: str = ""


def tidied(data: StayData) -> StayData:
    return replace(data, region=tidied_region(data.region), number=tidy(data.number).upper())


def problems_of(data: StayData, *, today: date) -> dict[str, Problem]:
    """By field; empty when the stay may be kept. Expects tidied data."""
    found: dict[str, Problem] = {}
    if not data.region:
        found["region"] = Problem("missing")
    elif problem := region_problem(data.region):
        found["region"] = problem
    if data.from_on > today:
        found["from_on"] = Problem("date_in_future", {"value": data.from_on.isoformat()})
    elif data.from_on < today - EARLIEST:
        found["from_on"] = Problem("date_too_early", {"value": data.from_on.isoformat()})
    if data.to_on is not None and data.to_on < data.from_on:
        found["to_on"] = Problem("stay_backwards")
    elif data.to_on is not None and data.to_on > today + LATEST:
        found["to_on"] = Problem("date_in_future", {"value": data.to_on.isoformat()})
    if len(data.number) > NUMBER_LENGTH:
        found["number"] = Problem("too_long", {"limit": NUMBER_LENGTH})
    return found


def kept(region: str, from_on: date, to_on: date | None) -> Kept:
    return [region, from_on.isoformat(), to_on.isoformat() if to_on else None]


def stayed_in(stays: Iterable[Kept], *, on: date) -> list[str]:
    """The regions of stays that touch the 28 days up to that day, each with its city and province."""
    since = on - LOOKS_BACK
    return sorted({code for stay in stays if _touches(stay, since, on) for code in around(str(stay[0]))})


def _touches(stay: Kept, since: date, until: date) -> bool:
    _region, from_on, to_on = stay
    begins = date.fromisoformat(str(from_on))
    return begins <= until and (to_on is None or date.fromisoformat(to_on) >= since)
