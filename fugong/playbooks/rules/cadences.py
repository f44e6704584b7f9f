"""On which days something falls due that is owed again and again."""

from datetime import date, timedelta

from fugong.playbooks.choices import PeriodUnit
from fugong.playbooks.rules.schema.timing import Cadence


def falls_due_on(cadence: Cadence, day: date, *, since: date) -> bool:
    """Whether `day` is one of the days on which the cadence falls due, at most once a day.

    Its periods follow each other from `since` on: so many days, calendar weeks (Monday to Sunday) or calendar
    months. The `times` lie evenly in a period and the last of them on its last day.
    """
    first, last = _period(cadence, day, since)
    length = (last - first).days + 1
    place = (day - first).days + 1
    return place * cadence.times // length > (place - 1) * cadence.times // length


def _period(cadence: Cadence, day: date, since: date) -> tuple[date, date]:
    """The first and the last day of the period in which `day` lies."""
    if cadence.unit is PeriodUnit.MONTH:
        before = (_month(day) - _month(since)) // cadence.every * cadence.every
        first = _first_of(_month(since) + before)
        return first, _first_of(_month(since) + before + cadence.every) - timedelta(days=1)
    days = cadence.every * (7 if cadence.unit is PeriodUnit.WEEK else 1)
    start = since - timedelta(days=since.weekday()) if cadence.unit is PeriodUnit.WEEK else since
    first = start + timedelta(days=(day - start).days // days * days)
    return first, first + timedelta(days=days - 1)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
