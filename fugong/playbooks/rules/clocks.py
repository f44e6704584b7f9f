"""Legal deadlines in working days, calendar days or hours.

By the Civil Code of the People's Republic of China, articles 201 and 203, the day on which a period begins
is not counted, and its last day ends at 24:00, or when business closes where there are business hours.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar.constants import holidays

from fugong.playbooks.rules.schema.routes import Clock

LOCAL = ZoneInfo("Asia/Shanghai")
_KNOWN_YEARS = frozenset(day.year for day in holidays)


class WorkingCalendar(Protocol):
    def is_working_day(self, day: date) -> bool: ...


@dataclass(frozen=True)
class StateCouncilCalendar:
    """Holidays and swapped working days as the State Council office publishes them each autumn.

    For a year not yet published Monday to Friday count: an answer is owed all the same. `is_known` tells.
    """

    extra_days_off: Collection[date] = ()
    extra_working_days: Collection[date] = ()

    def is_working_day(self, day: date) -> bool:
        if day in self.extra_working_days:
            return True
        if day in self.extra_days_off:
            return False
        if not self.is_known(day):
            return day.weekday() < 5
        return bool(chinese_calendar.is_workday(day))

    def is_known(self, day: date) -> bool:
        return day.year in _KNOWN_YEARS


def deadline(start: datetime, clock: Clock, calendar: WorkingCalendar) -> datetime:
    """The moment the period ends, in Asia/Shanghai; exclusive, so 24:00 is midnight of the next day.

    `start` must be aware. The calendar matters only to a clock in working days.
    """
    if start.tzinfo is None:
        raise ValueError("a deadline needs an aware moment to start from")
    local = start.astimezone(LOCAL)
    if clock.hours is not None:
        return local + timedelta(hours=clock.hours)
    if clock.days is not None:
        return end_of(local.date() + timedelta(days=clock.days), clock.closes_at)
    return end_of(working_day_after(local.date(), clock.working_days or 0, calendar), clock.closes_at)


def working_day_after(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The `count`-th working day after `day`; `day` itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def end_of(day: date, closes_at: time | None) -> datetime:
    if closes_at is not None:
        return datetime.combine(day, closes_at, tzinfo=LOCAL)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LOCAL)


def escalation_moments(
    due: datetime, clock: Clock, calendar: WorkingCalendar
) -> tuple[tuple[datetime, str], ...]:
    """When silence calls whom, after the deadline `due` of this clock."""
    return tuple(
        (_later(due, escalation.after_working_days, calendar), escalation.to)
        for escalation in clock.escalation
    )


def _later(due: datetime, working_days: int, calendar: WorkingCalendar) -> datetime:
    if not working_days:
        return due
    # A deadline at 24:00 is written as midnight of the next day, but belongs to the day before.
    local = due.astimezone(LOCAL)
    last_day = (local - timedelta(microseconds=1)).date()
    day = working_day_after(last_day, working_days, calendar)
    return local + (day - last_day)
