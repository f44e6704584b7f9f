"""Days in China, and a clock that can start at another time."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from fugong.core import clock


def china(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=clock.LOCAL)


def test_now_is_utc_and_runs(settings):
    settings.FUGONG_CLOCK = None
    first = clock.now()
    assert first.tzinfo is UTC
    assert abs(first - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now() >= first
    assert not clock.is_shifted()


def test_now_when_shifted_starts_there_and_runs_on(settings):
    settings.FUGONG_CLOCK = china(2022, 4, 28, 8, 30)
    settings.FUGONG_CLOCK_ANCHOR = int(time.time()) - 3600
    late = clock.now() - datetime(2022, 4, 28, 0, 30, tzinfo=UTC)
    assert timedelta(minutes=60) <= late < timedelta(minutes=61)
    assert clock.is_shifted()


def test_now_when_two_processes_share_an_anchor_agrees(settings, monkeypatch):
    settings.FUGONG_CLOCK = china(2022, 4, 28, 8, 30)
    settings.FUGONG_CLOCK_ANCHOR = int(time.time()) - 10
    mine = clock.now()
    monkeypatch.setattr(clock, "_STARTED", time.time() + 500)
    assert abs(clock.now() - mine) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("moment", "day", "up_to"),
    [
        (datetime(2022, 4, 26, 16, 0, tzinfo=UTC), date(2022, 4, 27), date(2022, 4, 26)),
        (datetime(2022, 4, 26, 15, 59, 59, tzinfo=UTC), date(2022, 4, 26), date(2022, 4, 26)),
        (datetime(2022, 4, 26, 16, 0, 0, 1, tzinfo=UTC), date(2022, 4, 27), date(2022, 4, 27)),
        (china(2022, 4, 28, 0, 0), date(2022, 4, 28), date(2022, 4, 27)),
    ],
)
def test_the_day_of_a_moment_is_chinas_and_midnight_ends_one(moment, day, up_to):
    assert clock.local_date(moment) == day
    assert clock.day_up_to(moment) == up_to


def test_the_end_of_a_day_is_the_first_moment_of_the_next():
    assert clock.end_of(date(2022, 4, 27)) == datetime(2022, 4, 27, 16, 0, tzinfo=UTC)
    assert clock.day_up_to(clock.end_of(date(2022, 12, 31))) == date(2022, 12, 31)
