"""Time on each side, and the deadline that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from fugong.core.clock import LOCAL, local_date
from fugong.resumption.choices import Side
from fugong.resumption.rules.clocks import Turn, due_again, stretches, time_per_side, working_days_used

START = datetime(2022, 4, 7, 1, 0, tzinfo=UTC)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def turns(lengths: list[int]) -> list[Turn]:
    """Turns that change sides, each so many hours after the one before."""
    at, made = START, []
    for number, length in enumerate(lengths):
        made.append(Turn(at, Side.AUTHORITY if number % 2 == 0 else Side.ENTERPRISE))
        at += timedelta(hours=length)
    return made


def local(month: int, day: int, hour: int) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=LOCAL)


def moved(due: datetime, *, returned_at: datetime, given_back_at: datetime) -> datetime:
    return due_again(due, returned_at=returned_at, given_back_at=given_back_at, is_working_day=is_weekday)


@given(some.lists(some.integers(0, 500), max_size=8), some.integers(0, 5000))
def test_time_per_side_when_any_turns_then_together_the_age(lengths, hours):
    until = START + timedelta(hours=hours)
    used = time_per_side(turns(lengths), until=until)
    age = until - START if lengths else timedelta()
    assert used[Side.AUTHORITY] + used[Side.ENTERPRISE] == age
    assert all(length >= timedelta() for length in used.values())


@given(some.lists(some.integers(0, 500), min_size=1, max_size=8), some.randoms())
def test_time_per_side_when_turns_come_in_any_order_then_the_same(lengths, chance):
    made = turns([length + 1 for length in lengths])
    shuffled = chance.sample(made, len(made))
    until = START + timedelta(days=400)
    assert time_per_side(shuffled, until=until) == time_per_side(made, until=until)


@given(some.lists(some.integers(0, 300), min_size=1, max_size=6), some.integers(0, 2000))
def test_stretches_when_any_turns_then_they_do_not_overlap(lengths, hours):
    found = stretches(turns(lengths), until=START + timedelta(hours=hours))
    for before, after in pairwise(found):
        assert before.ends_at == after.starts_at


def test_time_per_side_when_closed_then_nobodys_clock_runs():
    closed = [Turn(START, Side.AUTHORITY), Turn(START + timedelta(hours=3), Side.NOBODY)]
    used = time_per_side(closed, until=START + timedelta(days=9))
    assert used == {Side.AUTHORITY: timedelta(hours=3), Side.ENTERPRISE: timedelta()}


def test_working_days_used_when_over_a_weekend_then_two():
    friday = [Turn(local(4, 8, 9), Side.AUTHORITY)]
    assert working_days_used(friday, until=local(4, 12, 17), is_working_day=is_weekday) == 2


def test_due_again_when_returned_and_given_back_on_one_day_then_unchanged():
    due = local(4, 11, 17)
    again = due_again(
        due, returned_at=local(4, 8, 10), given_back_at=local(4, 8, 16), is_working_day=is_weekday
    )
    assert again == due


def test_due_again_when_given_back_after_a_weekend_then_one_working_day_later():
    due = local(4, 11, 17)
    again = due_again(
        due, returned_at=local(4, 8, 10), given_back_at=local(4, 11, 9), is_working_day=is_weekday
    )
    assert again == local(4, 12, 17)


def test_due_again_when_the_deadline_is_midnight_then_it_belongs_to_the_day_that_ends():
    due = local(4, 9, 0)  # the end of Friday the 8th
    again = due_again(
        due, returned_at=local(4, 7, 10), given_back_at=local(4, 8, 9), is_working_day=is_weekday
    )
    assert again == local(4, 12, 0)


@given(some.integers(0, 40), some.integers(0, 40))
def test_due_again_when_any_wait_then_moved_by_its_working_days(waited, ahead):
    returned = local(4, 7, 10)
    due = local(4, 8, 17) + timedelta(days=ahead)
    back = returned + timedelta(days=waited)
    again = moved(due, returned_at=returned, given_back_at=back)
    days = [returned.date() + timedelta(days=number) for number in range(1, waited + 1)]
    passed = [
        due.date() + timedelta(days=number) for number in range(1, (again.date() - due.date()).days + 1)
    ]
    assert sum(map(is_weekday, days)) == sum(map(is_weekday, passed))
    assert again.timetz() == due.timetz()
    assert local_date(again) >= local_date(due)
