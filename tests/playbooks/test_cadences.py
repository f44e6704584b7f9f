"""On which days something falls due that is owed again and again."""

from datetime import date, timedelta

import pytest

from fugong.playbooks.choices import PeriodUnit
from fugong.playbooks.rules.cadences import falls_due_on
from fugong.playbooks.rules.schema.timing import Cadence

SINCE = date(2022, 4, 6)  # a Wednesday


def cadence(times: int, unit: PeriodUnit, every: int = 1) -> Cadence:
    return Cadence.model_validate(
        {
            "name": {"zh": "报", "en": "Report"},
            "duty": "tests.report",
            "times": times,
            "every": every,
            "unit": unit.value,
        },
        strict=False,
    )


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (cadence(1, PeriodUnit.DAY), list(range(6, 31))),
        (cadence(3, PeriodUnit.DAY), list(range(6, 31))),
        (cadence(1, PeriodUnit.DAY, every=10), [15, 25]),
        (cadence(1, PeriodUnit.WEEK), [10, 17, 24]),
        (cadence(1, PeriodUnit.WEEK, every=2), [17]),
        (cadence(2, PeriodUnit.WEEK), [7, 10, 14, 17, 21, 24, 28]),
        (cadence(7, PeriodUnit.WEEK), list(range(6, 31))),
        (cadence(1, PeriodUnit.MONTH), [30]),
        (cadence(2, PeriodUnit.MONTH), [15, 30]),
        (cadence(1, PeriodUnit.MONTH, every=2), []),
    ],
)
def test_days_when_a_cadence_runs_through_april_then_these(rule, days):
    april = [date(2022, 4, day) for day in range(6, 31)]
    assert [day.day for day in april if falls_due_on(rule, day, since=SINCE)] == days


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        (cadence(3, PeriodUnit.WEEK, every=2), 26 * 3),
        (cadence(5, PeriodUnit.MONTH, every=3), 4 * 5),
        (cadence(2, PeriodUnit.DAY, every=4), 91 * 2),
    ],
)
def test_days_when_whole_periods_pass_then_as_often_as_it_says(rule, number):
    start = date(2024, 1, 1)  # a Monday, and a year of 366 days
    days = 364 if rule.unit is not PeriodUnit.MONTH else 366
    year = [start + timedelta(days=place) for place in range(days)]
    assert sum(falls_due_on(rule, day, since=start) for day in year) == number
