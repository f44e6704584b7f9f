"""For which day a report may be given, and until when it may be corrected. Days are those of China."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from fugong.core.clock import LOCAL, local_date
from fugong.health.rules.problems import Problem

CLOCK_DRIFT: Final = timedelta(minutes=5)
"""How far the clock of a thermometer may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Window:
    opens_at: time | None
    days_late: int
    correction_days: int


def problem_of_day(day: date, *, now: datetime, window: Window, corrects: bool) -> Problem | None:
    """`corrects`: something was reported for this day already."""
    today = local_date(now)
    if day > today:
        return Problem("day_ahead", _("A day that has not begun cannot be reported."))
    if day == today and window.opens_at and now.astimezone(LOCAL).time() < window.opens_at:
        return Problem(
            "too_early",
            _("Today's report may be given from %(time)s on.") % {"time": f"{window.opens_at:%H:%M}"},
        )
    back = (today - day).days
    if corrects and back > window.correction_days:
        return Problem(
            "correction_closed",
            _("The report for %(day)s cannot be corrected any more.") % {"day": day.isoformat()},
        )
    if not corrects and back > window.days_late:
        return Problem(
            "day_closed",
            _("The report for %(day)s cannot be given any more.") % {"day": day.isoformat()},
        )
    return None


def is_late(day: date, *, now: datetime) -> bool:
    """Given when the day was over."""
    return day < local_date(now)


def problem_of_clock(measured_at: datetime, *, now: datetime) -> Problem | None:
    """Of a thermometer with a clock of its own."""
    if measured_at > now + CLOCK_DRIFT:
        return Problem("clock_ahead", _("The clock of the thermometer is ahead. Set it right."))
    return None
