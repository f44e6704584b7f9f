"""A gate's day in counts: hours as bars, answers, and its latest scans without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fugong.core.clock import LOCAL, end_of, local_date
from fugong.core.clock import now as present
from fugong.core.web.pages import AskingRequest, page
from fugong.passage import queries
from fugong.passage.choices import SEE, Answer, Direction
from fugong.passage.queries import Hour
from fugong.passage.web.said import said_of

FIRST_DAY: Final = date(2000, 1, 1)
LATEST: Final = 50
GROUND: Final = 100
"""The height of the bars' ground; CSS gives it its size on the page."""
STEP: Final = 10


@dataclass(frozen=True, slots=True)
class HourBar:
    """One hour as a column: those let through below, then those asked, those refused on top."""

    hour: int
    came: int
    went: int
    asked: int
    refused: int
    left: int
    through_height: int
    asked_height: int
    refused_height: int

    @property
    def through(self) -> int:
        return self.came + self.went

    @property
    def stopped(self) -> int:
        return self.asked + self.refused

    @property
    def through_top(self) -> int:
        return GROUND - self.through_height

    @property
    def asked_top(self) -> int:
        return self.through_top - self.asked_height

    @property
    def refused_top(self) -> int:
        return self.asked_top - self.refused_height


@page(SEE)
def day(request: AskingRequest, gate_id: UUID) -> HttpResponse:
    gate, now = queries.get_gate(request.actor, gate_id), present()
    shown = asked_day(request, now)
    since, until = bounds(shown)
    authority = request.actor.authority_id
    hours = queries.hours_of([gate.number], since=since, until=until, authority_id=authority)
    lines = queries.lines_of_gate(
        gate.number, since=since, until=until, authority_id=authority, now=now, limit=LATEST
    )
    bars = bars_of(hours.get(gate.number, []))
    values = {
        "gate": gate,
        "bars": bars,
        "told": [bar for bar in bars if bar.through or bar.stopped],
        "totals": totals(hours.get(gate.number, [])),
        "lines": [said_of(line) for line in lines],
        "listed": LATEST,
    }
    return render(request, "passage/gate_day.html", values | day_values(shown, now))


def bars_of(hours: Sequence[Hour]) -> list[HourBar]:
    """All 24 hours of the day in China."""
    by_hour = {each.hour.astimezone(LOCAL).hour: each for each in hours}
    most = max((each.number() for each in hours), default=0) or 1
    return [_bar(place, by_hour.get(place), most) for place in range(24)]


def totals(hours: Sequence[Hour]) -> dict[str, int]:
    return {
        "came": _sum(hours, Answer.ALLOW, direction=Direction.IN),
        "went": _sum(hours, Answer.ALLOW, direction=Direction.OUT),
        "asked": _sum(hours, Answer.ASK),
        "refused": _sum(hours, Answer.STOP),
        "vehicles": sum(each.vehicles for each in hours),
    }


def asked_day(request: HttpRequest, now: datetime) -> date:
    """Today for what is no day, or one that has not begun."""
    try:
        asked = date.fromisoformat(request.GET.get("day") or request.POST.get("day") or "")
    except ValueError:
        return local_date(now)
    return asked if FIRST_DAY <= asked <= local_date(now) else local_date(now)


def bounds(day: date) -> tuple[datetime, datetime]:
    return end_of(day - timedelta(days=1)), end_of(day)


def day_values(day: date, now: datetime) -> dict[str, object]:
    """For the row of links from day to day."""
    is_today = day == local_date(now)
    after = None if is_today else day + timedelta(days=1)
    return {"day": day, "is_today": is_today, "before": day - timedelta(days=1), "after": after}


def _bar(place: int, hour: Hour | None, most: int) -> HourBar:
    hours = [hour] if hour else []
    through = _sum(hours, Answer.ALLOW)
    asked, refused = _sum(hours, Answer.ASK), _sum(hours, Answer.STOP)
    return HourBar(
        hour=place,
        came=_sum(hours, Answer.ALLOW, direction=Direction.IN),
        went=_sum(hours, Answer.ALLOW, direction=Direction.OUT),
        asked=asked,
        refused=refused,
        left=place * STEP,
        through_height=round(through * GROUND / most),
        asked_height=round(asked * GROUND / most),
        refused_height=round(refused * GROUND / most),
    )


def _sum(hours: Sequence[Hour], *answers: Answer, direction: Direction | None = None) -> int:
    return sum(each.number(answers=answers, direction=direction) for each in hours)
