"""A planned return: what is said of it, where it may go, and until when the person is kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.names import tidy
from fugong.core.refusals import Sentence
from fugong.core.regions import region_problem, tidied_region
from fugong.people.choices import Transport
from fugong.returns.choices import Lodging, Outcome, Place, State

FARTHEST: Final = timedelta(days=90)
LATEST_ENTRY: Final = timedelta(days=14)
"""An arrival is entered at the latest so many days after it happened."""
LENGTHS: Final = {"number": 40, "address": 200, "room": 60}

MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.PLANNED: frozenset({State.NOT_ALLOWED, State.ARRIVED, State.CANCELLED}),
    State.NOT_ALLOWED: frozenset({State.PLANNED, State.ARRIVED, State.CANCELLED}),
    State.ARRIVED: frozenset(),
    State.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnData:
    """`from_region` may be a name, and is a code of GB/T 2260 once tidied."""

    arrives_on: date
    from_region: str
    transport: Transport | None = None
    number: str = ""
    lodging: Lodging
    address: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules gave, as the plan keeps it."""

    outcome: Outcome
    apart_days: int = 0
    apart_place: Place | None = None


def tidied(data: ReturnData) -> ReturnData:
    return replace(
        data,
        from_region=tidied_region(data.from_region),
        number=tidy(data.number).upper(),
        address=tidy(data.address),
        room=tidy(data.room),
    )


def problems_of(data: ReturnData, *, today: date) -> dict[str, Sentence]:
    """By field; empty when the return may be planned. Expects tidied data."""
    found: dict[str, Sentence] = {}
    if not data.from_region:
        found["from_region"] = _("Say from where: without it nobody can be let to come.")
    elif problem := region_problem(data.from_region):
        found["from_region"] = problem.sentence
    if not today <= data.arrives_on <= today + FARTHEST:
        found["arrives_on"] = _("A return is planned for today or a day within %(days)s days.") % {
            "days": FARTHEST.days
        }
    for name, limit in LENGTHS.items():
        if len(getattr(data, name)) > limit:
            found[name] = _("At most %(limit)s characters.") % {"limit": limit}
    return found


def arrival_problem(arrived_on: date, *, today: date) -> Sentence | None:
    if arrived_on > today:
        return _("An arrival that lies ahead cannot be confirmed.")
    if arrived_on < today - LATEST_ENTRY:
        return _("That is more than %(days)s days ago.") % {"days": LATEST_ENTRY.days}
    return None


def state_of(outcome: Outcome) -> State:
    """Somebody of whom something is still to be asked is planned for, but may not set out yet."""
    return State.NOT_ALLOWED if outcome is Outcome.NOT_YET else State.PLANNED


def may_move(state: State, to: State) -> bool:
    return to in MOVES[state]


def until_of(arrived_on: date, days: int) -> date | None:
    """The first day on which the person is free again: the day of arrival is the first of the separation."""
    return arrived_on + timedelta(days=days) if days else None


def is_changed(before: Verdict, after: Verdict) -> bool:
    return before != after
