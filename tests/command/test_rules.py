"""Days, moments and numbers of bulletins."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fugong.command import rules
from fugong.core.clock import LOCAL


def china(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 4, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("now", "as_of"),
    [
        (china(28, 8), china(28, 0)),
        (china(28, 0), china(28, 0)),
        (china(27, 18, 30), china(27, 18, 30)),
        (datetime(2022, 4, 27, 16, 0, tzinfo=UTC), china(28, 0)),
    ],
)
def test_a_day_means_its_end_and_while_it_runs_the_present(now, as_of):
    assert rules.as_of_for(date(2022, 4, 27), now=now) == as_of


@pytest.mark.parametrize(
    ("now", "to_come"),
    [(china(26, 23, 59), True), (china(27, 0), False), (datetime(2022, 4, 26, 16, 0, tzinfo=UTC), False)],
)
def test_a_day_is_to_come_until_it_begins_in_china(now, to_come):
    assert rules.is_to_come(date(2022, 4, 27), now=now) is to_come


@pytest.mark.parametrize(
    ("last", "year", "number"),
    [
        (None, 2022, "2022-001"),
        ("", 2022, "2022-001"),
        ("2022-001", 2022, "2022-002"),
        ("2022-009", 2022, "2022-010"),
        ("2022-999", 2022, "2022-1000"),
        ("2022-1000", 2022, "2022-1001"),
        ("2021-117", 2022, "2022-001"),
        ("something else", 2022, "2022-001"),
    ],
)
def test_numbers_run_on_within_a_year(last, year, number):
    assert rules.number_after(last, year=year) == number


def test_a_stated_number_keeps_the_digits_it_was_stated_with():
    whole, share = rules.plain_number(Decimal("91")), rules.plain_number(Decimal("85.80"))
    assert (whole, type(whole)) == (91, int)
    assert str(share) == "85.80"
