"""Today's passages on the situation page: by the hour, from the counts that the gates' writer keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL, end_of, local_date
from fugong.passage import queries as passage
from fugong.passage.choices import Answer
from fugong.passage.queries import Hour

GROUND: Final = 100
WIDTH, STEP = 8, 10


@dataclass(frozen=True, slots=True)
class HourBar:
    """One hour as a column on the ground."""

    hour: int
    number: int
    left: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class GatesToday:
    """Scans of people and vehicles; `asked` and `refused` are among them."""

    bars: Sequence[HourBar]
    people: int
    vehicles: int
    asked: int
    refused: int


def gates_today(actor: Actor, *, now: datetime) -> GatesToday | None:
    """None where nobody was scanned yet. One statement."""
    today = local_date(now)
    hours = passage.hours_seen_by(actor, since=end_of(today - timedelta(days=1)), until=end_of(today))
    if not hours:
        return None
    return GatesToday(
        bars=_bars(hours),
        people=sum(each.people for each in hours),
        vehicles=sum(each.vehicles for each in hours),
        asked=sum(each.number(answers=(Answer.ASK,)) for each in hours),
        refused=sum(each.number(answers=(Answer.STOP,)) for each in hours),
    )


def _bars(hours: Sequence[Hour]) -> list[HourBar]:
    numbers = {each.hour.astimezone(LOCAL).hour: each.number() for each in hours}
    most = max(numbers.values())
    bars = []
    for hour in range(24):
        height = round(numbers.get(hour, 0) * GROUND / most)
        bars.append(HourBar(hour, numbers.get(hour, 0), hour * STEP, GROUND - height, height))
    return bars
