"""On which days something falls due that is owed again and again, and from when to when it can be done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fugong.playbooks.choices import PeriodUnit
from fugong.playbooks.rules.clocks import LOCAL, end_of
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


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when one turn can be done. `due_at` is exclusive and holds the grace; `reminds_at` are the
    moments of its reminders. `period` is the day of the deadline, with the time where there are several a
    day: 2022-04-27, 2022-04-27T14:00; of what is owed about the day before, that day.
    """

    period: str
    opens_at: datetime
    due_at: datetime
    reminds_at: tuple[datetime, ...]


def windows_on(cadence: Cadence, day: date, *, since: date) -> tuple[Window, ...]:
    """The turns that can be done on `day`, one for each deadline of the day they fall due on.

    A turn opens where the one before it ends, unless the cadence says how long before its deadline.
    """
    if day < since:
        return ()
    last = _due_day(cadence, day, since)
    opens_at = _start_of(_first_day(cadence, last, since))
    found = []
    for at in cadence.at_times or (cadence.due_at,):
        found.append(_window(cadence, last, at, opens_at))
        opens_at = end_of(last, at)
    return tuple(found)


def _window(cadence: Cadence, day: date, at: time | None, opens_at: datetime) -> Window:
    due_at = end_of(day + timedelta(days=1) if cadence.for_previous_day else day, at)
    if cadence.opens_minutes_before is not None:
        opens_at = max(opens_at, due_at - timedelta(minutes=cadence.opens_minutes_before))
    reminders = (due_at - timedelta(minutes=each) for each in cadence.remind_minutes_before)
    return Window(
        period=f"{day.isoformat()}T{at:%H:%M}" if at is not None and cadence.at_times else day.isoformat(),
        opens_at=opens_at,
        due_at=due_at + timedelta(minutes=cadence.grace_minutes),
        reminds_at=tuple(sorted(each for each in reminders if each > opens_at)),
    )


def _due_day(cadence: Cadence, day: date, since: date) -> date:
    """The first day from `day` on on which it falls due; the last day of a period always is one."""
    while not falls_due_on(cadence, day, since=since):
        day += timedelta(days=1)
    return day


def _first_day(cadence: Cadence, due: date, since: date) -> date:
    """The day after it fell due before, within the period."""
    first, _last = _period(cadence, due, since)
    day = due
    while day > max(first, since) and not falls_due_on(cadence, day - timedelta(days=1), since=since):
        day -= timedelta(days=1)
    return day


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL)


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
