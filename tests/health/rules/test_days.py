from datetime import UTC, date, datetime, time, timedelta

import pytest

from fugong.core.clock import LOCAL
from fugong.health.rules.days import Window, is_late, problem_of_clock, problem_of_day
from tests.health.making import NOW, TODAY, TOMORROW, YESTERDAY

WINDOW = Window(None, days_late=1, correction_days=2)


def code(day, *, now=NOW, window=WINDOW, corrects=False):
    found = problem_of_day(day, now=now, window=window, corrects=corrects)
    return found.code if found else None


@pytest.mark.parametrize(
    ("back", "corrects", "expected"),
    [
        (-1, False, "day_ahead"),
        (-1, True, "day_ahead"),
        (0, False, None),
        (1, False, None),
        (2, False, "day_closed"),
        (0, True, None),
        (2, True, None),
        (3, True, "correction_closed"),
    ],
)
def test_problem_of_day_when_so_many_days_back_then_inside_the_window_or_told(back, corrects, expected):
    assert code(TODAY - timedelta(days=back), corrects=corrects) == expected


def test_problem_of_day_when_the_day_has_not_opened_then_told_from_when():
    window = Window(time(4), days_late=1, correction_days=2)
    early = datetime(2022, 4, 27, 3, 59, tzinfo=LOCAL)
    assert code(TODAY, now=early, window=window) == "too_early"
    assert code(YESTERDAY, now=early, window=window) is None
    assert code(TODAY, now=early + timedelta(minutes=1), window=window) is None


def test_problem_of_day_when_it_is_still_yesterday_in_utc_then_judged_by_the_day_in_china():
    just_after_midnight = datetime(2022, 4, 26, 16, 1, tzinfo=UTC)
    assert code(TODAY, now=just_after_midnight) is None
    assert code(TOMORROW, now=just_after_midnight) == "day_ahead"
    assert code(TODAY, now=just_after_midnight - timedelta(minutes=2)) == "day_ahead"


@pytest.mark.parametrize("day", [date(1986, 5, 4), date(1991, 9, 15)])
def test_is_late_when_the_clocks_of_china_were_changed_then_still_one_day_after_the_other(day):
    """China changed its clocks from 1986 to 1991; these days had 23 and 25 hours."""
    noon = datetime.combine(day, time(12), tzinfo=LOCAL)
    assert not is_late(noon.date(), now=noon)
    assert is_late(noon.date(), now=noon + timedelta(days=1))


def test_is_late_when_given_the_next_day_then_late():
    assert is_late(YESTERDAY, now=NOW)
    assert not is_late(TODAY, now=NOW)


def test_problem_of_clock_when_a_thermometer_is_ahead_then_told_beyond_five_minutes():
    assert problem_of_clock(NOW + timedelta(minutes=5), now=NOW) is None
    found = problem_of_clock(NOW + timedelta(minutes=6), now=NOW)
    assert found
    assert found.code == "clock_ahead"
