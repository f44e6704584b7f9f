"""The time, asked only at the edge (web, command line, jobs); everything below gets `now` as an argument."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LOCAL = ZoneInfo("Asia/Shanghai")
_STARTED = time.time()


def now() -> datetime:
    """UTC. With FUGONG_CLOCK set it starts there and runs on, so a demo lives on its scenario's date.

    FUGONG_CLOCK_ANCHOR (Unix seconds) is when it started, so that all processes of a demo agree.
    """
    start: datetime | None = settings.FUGONG_CLOCK
    if start is None:
        return datetime.now(UTC)
    anchor = settings.FUGONG_CLOCK_ANCHOR or _STARTED
    return start.astimezone(UTC) + timedelta(seconds=time.time() - anchor)


def is_shifted() -> bool:
    return settings.FUGONG_CLOCK is not None


def local_date(moment: datetime) -> date:
    """The calendar day in China on which this moment falls."""
    return moment.astimezone(LOCAL).date()


def to_the_minute(moment: datetime | None) -> str:
    """As pages and files write it, in China's time; nothing for what has not come."""
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}" if moment else ""


def day_up_to(moment: datetime) -> date:
    """The last day in China that this moment lies in or ends: 24:00 belongs to the day that is over."""
    local = moment.astimezone(LOCAL)
    is_midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return local.date() - timedelta(days=1) if is_midnight else local.date()


def end_of(day: date) -> datetime:
    """The first moment after that day in China: an exclusive end."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL) + timedelta(days=1)
