"""From when to when one turn of a cadence can be done."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.clock import LOCAL
from fugong.playbooks.choices import PeriodUnit
from fugong.playbooks.rules.cadences import Window, falls_due_on, windows_on
from fugong.playbooks.rules.schema.timing import Cadence

SINCE = date(2022, 4, 6)  # a Wednesday


def cadence(**changes: Any) -> Cadence:
    plain = {"name": {"zh": "报", "en": "Report"}, "duty": "tests.report", "times": 1, "unit": "day"}
    return Cadence.model_validate(plain | {"subjects": ["person"]} | changes, strict=False)


def on(day: int, **changes: Any) -> list[tuple[str, datetime, datetime]]:
    found = windows_on(cadence(**changes), date(2022, 4, day), since=SINCE)
    return [(each.period, each.opens_at, each.due_at) for each in found]


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2022, 4, day, hour, minute, tzinfo=LOCAL)


def test_window_when_daily_then_the_whole_day():
    assert on(27) == [("2022-04-27", at(27), at(28))]


def test_window_when_daily_by_a_time_then_until_then():
    assert on(27, due_at=time(10)) == [("2022-04-27", at(27), at(27, 10))]


def test_window_when_twice_a_day_then_two_periods_after_each_other():
    assert on(27, at_times=[time(9), time(14)]) == [
        ("2022-04-27T09:00", at(27), at(27, 9)),
        ("2022-04-27T14:00", at(27, 9), at(27, 14)),
    ]


def test_window_when_it_opens_late_and_has_grace_then_both_are_kept():
    narrow = {"at_times": [time(9), time(14)], "opens_minutes_before": 60, "grace_minutes": 30}
    assert on(27, **narrow) == [
        ("2022-04-27T09:00", at(27, 8), at(27, 9, 30)),
        ("2022-04-27T14:00", at(27, 13), at(27, 14, 30)),
    ]


def test_window_when_about_the_day_before_then_the_period_is_that_day():
    assert on(27, due_at=time(12), for_previous_day=True) == [("2022-04-27", at(27), at(28, 12))]


@pytest.mark.parametrize(
    ("day", "period", "first", "end"), [(6, "08", 6, 9), (8, "08", 6, 9), (9, "11", 9, 12)]
)
def test_window_when_every_three_days_then_any_of_them_will_do(day, period, first, end):
    assert on(day, every=3) == [(f"2022-04-{period}", at(first), at(end))]


@pytest.mark.parametrize(("day", "due", "first"), [(11, 13, 11), (13, 13, 11), (14, 15, 14), (16, 17, 16)])
def test_window_when_three_rounds_a_week_then_each_round_has_its_days(day, due, first):
    assert on(day, times=3, unit=PeriodUnit.WEEK) == [(f"2022-04-{due}", at(first), at(due + 1))]


def test_window_when_the_week_began_before_then_it_opens_when_the_playbook_did():
    assert on(6, unit=PeriodUnit.WEEK) == [("2022-04-10", at(6), at(11))]


def test_window_when_before_the_playbook_then_none():
    assert on(5) == []


def test_reminders_when_asked_for_then_before_the_deadline_without_the_grace():
    rule = cadence(due_at=time(10), grace_minutes=30, remind_minutes_before=[15, 60, 6000])
    (found,) = windows_on(rule, date(2022, 4, 27), since=SINCE)
    assert found.reminds_at == (at(27, 9), at(27, 9, 45))


RULES = st.builds(
    lambda times, every, unit: cadence(times=times, every=every, unit=unit),
    st.integers(1, 7),
    st.integers(1, 9),
    st.sampled_from(PeriodUnit),
)


@given(RULES, st.integers(0, 400))
def test_windows_when_any_rule_then_each_day_lies_in_one_and_they_join(rule, offset):
    day = SINCE + timedelta(days=offset)
    (found,) = windows_on(rule, day, since=SINCE)
    assert found.opens_at <= datetime.combine(day, time(12), tzinfo=LOCAL) < found.due_at
    assert falls_due_on(rule, date.fromisoformat(found.period), since=SINCE)
    assert _next(rule, found).opens_at == found.due_at


def _next(rule: Cadence, window: Window) -> Window:
    return windows_on(rule, date.fromisoformat(window.period) + timedelta(days=1), since=SINCE)[0]
