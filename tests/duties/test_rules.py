import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.clock import LOCAL, local_date
from fugong.duties.choices import Call, Group, Outcome, Quota, read_call
from fugong.duties.rules import (
    Ending,
    expected_of,
    group_of,
    in_order,
    is_due,
    is_late,
    is_missed,
    next_call,
    outcome_of,
)

NOW = datetime(2022, 4, 27, 12, 0, tzinfo=LOCAL)
MOMENTS = st.integers(0, 10 * 366 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("due_at", "group"),
    [
        (NOW - timedelta(days=3), Group.OVERDUE),
        (NOW - timedelta(microseconds=1), Group.OVERDUE),
        (NOW, Group.OVERDUE),
        (NOW + timedelta(microseconds=1), Group.TODAY),
        (datetime(2022, 4, 27, 23, 59, tzinfo=LOCAL), Group.TODAY),
        (datetime(2022, 4, 28, 0, 0, tzinfo=LOCAL), Group.TODAY),
        (datetime(2022, 4, 28, 0, 0, 1, tzinfo=LOCAL), Group.LATER),
        (datetime(2022, 4, 27, 17, 0, tzinfo=UTC), Group.LATER),
        (datetime(2022, 5, 27, 12, 0, tzinfo=LOCAL), Group.LATER),
    ],
)
def test_group_when_deadline_stands_near_the_day_then_the_day_in_china_decides(due_at, group):
    assert group_of(due_at, now=NOW) is group


@given(due_at=MOMENTS, now=MOMENTS)
def test_group_when_any_moments_then_overdue_is_exactly_missed(due_at, now):
    assert (group_of(due_at, now=now) is Group.OVERDUE) == is_missed(due_at, now=now)


@given(due_at=MOMENTS, now=MOMENTS)
def test_group_when_time_passes_then_it_never_moves_away(due_at, now):
    order = [Group.LATER, Group.TODAY, Group.OVERDUE]
    later = now + timedelta(hours=7)
    assert order.index(group_of(due_at, now=now)) <= order.index(group_of(due_at, now=later))


@given(due_at=MOMENTS, now=MOMENTS)
def test_group_when_today_then_not_after_the_end_of_this_day(due_at, now):
    if group_of(due_at, now=now) is Group.TODAY:
        assert local_date(due_at - timedelta(microseconds=1)) == local_date(now)


@pytest.mark.parametrize(("done", "late"), [(-1, False), (0, True), (1, True)])
def test_late_when_done_around_the_deadline_then_the_deadline_itself_is_late(done, late):
    assert is_late(NOW, done_at=NOW + timedelta(seconds=done)) is late


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        (Ending(None, None, excused=False), Outcome.OPEN),
        (Ending(NOW, None, excused=False), Outcome.DONE),
        (Ending(None, NOW, excused=False), Outcome.WITHDRAWN),
        (Ending(None, NOW, excused=True), Outcome.EXCUSED),
    ],
)
def test_outcome_when_ended_then_it_says_how(ending, outcome):
    assert outcome_of(ending) is outcome


@pytest.mark.parametrize("told_at", [None, NOW])
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_call_when_its_time_has_come_and_it_is_not_yet_told_then_and_only_then(told_at, seconds):
    call = Call(at=NOW, permission="tests.lead", told_at=told_at)
    assert is_due(call, now=NOW + timedelta(seconds=seconds)) is (seconds >= 0 and told_at is None)


def test_calls_when_written_in_any_order_then_follow_each_other_and_none_before_the_deadline():
    second, first = Call(NOW + timedelta(days=1), "second"), Call(NOW - timedelta(days=1), "first")
    ordered = in_order([second, first], due_at=NOW)
    assert [(call.permission, call.at) for call in ordered] == [
        ("first", NOW),
        ("second", NOW + timedelta(days=1)),
    ]
    assert next_call(ordered) == ordered[0]
    assert next_call([replace(ordered[0], told_at=NOW), ordered[1]]) == ordered[1]
    assert next_call([]) is None


def test_call_when_kept_and_read_then_the_same():
    call = Call(NOW, "tests.lead", "指挥部", "Headquarters", ("leaders",), UUID(int=7), NOW)
    assert read_call(json.loads(json.dumps(call.as_json()))) == call


@pytest.mark.parametrize(
    ("members", "quota", "expected"),
    [
        (10, None, 10),
        (0, None, 0),
        (10, Quota(10), 1),
        (11, Quota(10), 2),
        (3, Quota(10), 1),
        (10, Quota(10, least=4), 4),
        (3, Quota(10, least=4), 3),
        (0, Quota(10), 0),
        (7, Quota(100), 7),
    ],
)
def test_expected_of_when_a_share_suffices_then_rounded_up_and_never_more_than_all(members, quota, expected):
    assert expected_of(members, quota) == expected
