"""Vehicles at the checkpoints of the case: so many and so many people in them, over the days, made up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from fugong.core.clock import LOCAL
from fugong.scenarios.making.firms import ROWS
from fugong.scenarios.making.plan import Plan, shared_out
from fugong.scenarios.reading import Act

SERIALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
FIRST_HOUR, HOURS = 6, 16
SEATS = 40
"""As many as a coach holds: whoever comes together comes in one."""


def made_crossings(plan: Plan) -> Iterator[Act]:
    """Each checkpoint sends its day in the evening; the whole adds up to the counts."""
    made = plan.made["checkpoints"]
    yield Act(made["opened_at"], "committee", "open_checkpoints", "", {}, f"{ROWS}:checkpoints")
    chance = plan.chance("crossings")
    days, gates = _days(made["opened_at"].date(), made["until"]), len(made["names"])
    # More and more are back: the last days see twice as many as the first.
    weights = [(1 + day / len(days)) * (2 + gate % 2) for day in range(len(days)) for gate in range(gates)]
    vehicles = shared_out(plan.count("vehicles"), weights)
    people = _people(sum(vehicles), plan.count("people_checked"), chance)
    for place, number in enumerate(vehicles):
        day, gate = days[place // gates], place % gates
        said = ";".join(_one(made, day, next(people), chance) for _each in range(number))
        if said:
            at = datetime(day.year, day.month, day.day, FIRST_HOUR + HOURS, gate, tzinfo=LOCAL)
            detail = {"gate": str(gate), "crossings": said}
            yield Act(at, "", "cross", "", detail, f"{ROWS}:crossings {day} {gate}")


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _people(vehicles: int, people: int, chance: random.Random) -> Iterator[int]:
    """A driver in each, and the others by chance where a seat is free."""
    seats = [1] * vehicles
    while people > sum(seats):
        for _each in range(people - sum(seats)):
            place = chance.randrange(vehicles)
            seats[place] = min(seats[place] + 1, SEATS)
    yield from seats


def _one(made: dict[str, object], day: date, people: int, chance: random.Random) -> str:
    """Plate, people, region, second of the day and the number that the desk draws, parted by strokes."""
    regions: dict[str, str] = made["regions"]  # type: ignore[assignment]
    plate = chance.choice(list(regions))
    serial = chance.choice(SERIALS) + "".join(chance.choice("0123456789") for _place in range(4))
    second = chance.randrange(FIRST_HOUR * 3600, (FIRST_HOUR + HOURS) * 3600)
    return f"{plate}{serial}/{people}/{regions[plate]}/{second}/{chance.getrandbits(62)}"
