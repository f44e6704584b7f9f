"""Which regimes are in force where and when."""

from datetime import date

import pytest

from fugong.playbooks.rules.checks.periods import overlap
from fugong.playbooks.rules.in_force import regimes_on


@pytest.mark.parametrize(
    ("on", "area", "expected"),
    [
        (date(2020, 1, 24), None, []),
        (date(2020, 1, 25), None, ["alert"]),
        (date(2020, 2, 1), None, ["alert"]),
        (date(2020, 2, 1), "east", ["alert", "high_risk"]),
        (date(2020, 2, 20), "east", ["alert", "high_risk"]),
        (date(2020, 2, 21), "east", ["alert"]),
        (date(2020, 2, 1), "zone", ["alert"]),
        (date(2020, 3, 15), None, ["alert"]),
        (date(2020, 3, 16), None, ["normal"]),
    ],
)
def test_regimes_when_a_day_and_place_are_given_then_are_those_in_force(on, area, expected, zone):
    assert [regime.id for regime in regimes_on(zone.policy, on, area)] == expected


DAYS = [None, date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 3)]


@pytest.mark.parametrize("first", [(start, end) for start in DAYS for end in DAYS])
@pytest.mark.parametrize("second", [(start, end) for start in DAYS for end in DAYS])
def test_overlap_when_compared_with_counting_days_then_agrees(first, second):
    def days(period: tuple[date | None, date | None]) -> set[int]:
        start, end = period
        return {
            day
            for day in range(0, 6)
            if (start is None or day >= start.day) and (end is None or day <= end.day)
        }

    if days(first) and days(second):
        assert overlap(first, second) is bool(days(first) & days(second))
