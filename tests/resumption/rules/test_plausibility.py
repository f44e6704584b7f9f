"""What looks odd in a report, and what cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fugong.core.refusals import Invalid
from fugong.resumption.choices import Implausible
from fugong.resumption.rules.plausibility import (
    CAPACITY_MOST,
    Numbers,
    check_day,
    check_numbers,
    find_implausible,
)

DAY = date(2022, 4, 20)


def said(on_post: int, capacity: int, *, back: int = 0) -> Numbers:
    return Numbers(DAY - timedelta(days=back), on_post, capacity)


@pytest.mark.parametrize(
    ("numbers", "field"),
    [(said(-1, 50), "on_post"), (said(5, -1), "capacity_percent"), (said(5, 151), "capacity_percent")],
)
def test_check_numbers_when_it_cannot_be_then_the_field_is_named(numbers, field):
    with pytest.raises(Invalid) as refusal:
        check_numbers(numbers)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("numbers", [said(0, 0), said(5, CAPACITY_MOST)])
def test_check_numbers_when_at_the_edge_then_taken(numbers):
    check_numbers(numbers)


@pytest.mark.parametrize(
    ("day", "first", "code"),
    [
        (DAY + timedelta(days=1), DAY, "day_to_come"),
        (DAY - timedelta(days=1), DAY, "not_resumed"),
        (DAY, None, "not_resumed"),
    ],
)
def test_check_day_when_to_come_or_too_early_then_refused(day, first, code):
    with pytest.raises(Invalid) as refusal:
        check_day(day, today=DAY, first_day=first)
    assert refusal.value.code == code


def test_check_day_when_yesterday_or_the_first_day_then_taken():
    check_day(DAY - timedelta(days=1), today=DAY, first_day=DAY - timedelta(days=9))
    check_day(DAY, today=DAY, first_day=DAY)


def test_find_implausible_when_ten_percent_more_than_staff_then_still_plausible():
    assert find_implausible(said(110, 90), normal_staff=100, before=[]) == []
    assert find_implausible(said(111, 90), normal_staff=100, before=[]) == [Implausible.MORE_THAN_STAFF]
    assert find_implausible(said(9999, 90), normal_staff=None, before=[]) == []


def test_find_implausible_when_five_days_without_any_change_then_odd():
    same = [said(80, 60, back=back) for back in range(1, 5)]
    assert find_implausible(said(80, 60), normal_staff=100, before=same) == [Implausible.NEVER_CHANGING]
    assert find_implausible(said(80, 60), normal_staff=100, before=same[:3]) == []
    assert find_implausible(said(80, 61), normal_staff=100, before=same) == []


def test_find_implausible_when_a_day_between_was_not_reported_then_not_never_changing():
    gap = [said(80, 60, back=back) for back in (1, 2, 4, 5, 6)]
    assert find_implausible(said(80, 60), normal_staff=100, before=gap) == []


@pytest.mark.parametrize(
    ("before", "now", "odd"),
    [
        ((100, 50), (40, 50), True),
        ((100, 50), (50, 50), False),
        ((10, 50), (15, 50), False),
        ((10, 50), (19, 50), False),
        ((10, 50), (20, 50), True),
        ((50, 20), (50, 71), True),
        ((50, 20), (50, 70), False),
        ((0, 0), (9, 9), False),
    ],
)
def test_find_implausible_when_numbers_jump_then(before, now, odd):
    found = find_implausible(said(*now), normal_staff=None, before=[said(*before, back=1)])
    assert (Implausible.JUMP in found) is odd


def test_find_implausible_when_output_without_people_then_odd():
    found = find_implausible(said(0, 30), normal_staff=100, before=[])
    assert found == [Implausible.CAPACITY_WITHOUT_PEOPLE]


@given(
    some.lists(some.tuples(some.integers(0, 300), some.integers(0, 150), some.integers(-3, 20)), max_size=12),
    some.integers(0, 300),
    some.integers(0, 150),
)
def test_find_implausible_when_any_reports_then_later_days_do_not_matter(others, on_post, capacity):
    before = [said(people, output, back=back) for people, output, back in others]
    known = [report for report in before if report.day < DAY]
    numbers = said(on_post, capacity)
    assert find_implausible(numbers, normal_staff=100, before=before) == find_implausible(
        numbers, normal_staff=100, before=known
    )
