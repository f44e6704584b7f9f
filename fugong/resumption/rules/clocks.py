"""How long each side has had an application: the authority's clock stands still while the enterprise
corrects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fugong.core.clock import local_date
from fugong.resumption.choices import Side


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` on the application lies on this side, until the next turn."""

    at: datetime
    side: Side


@dataclass(frozen=True, slots=True)
class Stretch:
    side: Side
    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


def stretches(turns: Iterable[Turn], *, until: datetime) -> list[Stretch]:
    """The application's life cut at each turn, in order of time; nothing after `until`, nothing on nobody's
    side.
    """
    ordered = sorted((turn for turn in turns if turn.at <= until), key=lambda turn: turn.at)
    ends = [*(turn.at for turn in ordered[1:]), until][: len(ordered)]
    return [
        Stretch(turn.side, turn.at, end)
        for turn, end in zip(ordered, ends, strict=True)
        if turn.side is not Side.NOBODY
    ]


def time_per_side(turns: Iterable[Turn], *, until: datetime) -> dict[Side, timedelta]:
    """Both sides are always there; together they never exceed the application's age."""
    used = {Side.ENTERPRISE: timedelta(), Side.AUTHORITY: timedelta()}
    for stretch in stretches(turns, until=until):
        used[stretch.side] += stretch.length
    return used


def due_again(
    due_at: datetime,
    *,
    returned_at: datetime,
    given_back_at: datetime,
    is_working_day: Callable[[date], bool],
) -> datetime:
    """The deadline after a correction: it moves by each working day the enterprise had the application.

    The day of the return is the authority's own and moves nothing.
    """
    waited = _days_after(local_date(returned_at), local_date(given_back_at))
    moved = due_at
    for _day in range(sum(1 for day in waited if is_working_day(day))):
        moved = _next_working_day(moved, is_working_day)
    return moved


def _next_working_day(due_at: datetime, is_working_day: Callable[[date], bool]) -> datetime:
    """The same hour on the next working day. A deadline at 24:00 belongs to the day that it ends."""
    last_day = local_date(due_at - timedelta(microseconds=1))
    day = last_day + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return due_at + (day - last_day)


def working_days_used(
    turns: Sequence[Turn], *, until: datetime, is_working_day: Callable[[date], bool]
) -> int:
    """Working days the authority has used up. As the legal clocks count, the day a stretch begins on is not
    counted.
    """
    days: set[date] = set()
    for stretch in stretches(turns, until=until):
        if stretch.side is Side.AUTHORITY:
            days |= _days_after(local_date(stretch.starts_at), local_date(stretch.ends_at))
    return sum(1 for day in days if is_working_day(day))


def _days_after(first: date, last: date) -> set[date]:
    return {first + timedelta(days=number) for number in range(1, (last - first).days + 1)}
