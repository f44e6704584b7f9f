"""Rolls: opened for many, ticked one by one, settled by themselves."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fugong.core.actor import Actor, worker_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.duties import operations, queries
from fugong.duties.choices import EntryExcuse, Outcome, Quota, owed_by_user
from fugong.duties.models import Duty, Entry
from tests.duties.making import (
    NOON,
    REPORT,
    REVIEW,
    acting,
    new_user,
    owe,
    person,
    roll,
    subject,
    tick,
    writing,
)

pytestmark = pytest.mark.usefixtures("at_home")


def counters(duty: Duty) -> tuple[int, int, Outcome]:
    duty.refresh_from_db()
    return duty.done, duty.expected, duty.outcome


def entry_of(number: int) -> Entry:
    return Entry.objects.get(subject_id=person(number))


def test_owe_roll_when_new_then_one_duty_with_a_line_for_each_person(ann):
    duty = roll(ann, (1, 2, 3))
    assert counters(duty) == (0, 3, Outcome.OPEN)
    assert duty.is_roll
    assert duty.roll_enterprise_id == subject().id
    assert duty.url == f"/duties/rolls/{duty.id}/"
    assert {entry.label for entry in duty.entries.all()} == {"Person 1", "Person 2", "Person 3"}


def test_owe_roll_when_run_again_then_only_who_came_since_is_added(ann):
    duty = roll(ann, (1, 2))
    assert roll(ann, (1, 2, 3)).id == duty.id
    assert counters(duty) == (0, 3, Outcome.OPEN)
    roll(ann, (1, 2, 3))
    assert counters(duty) == (0, 3, Outcome.OPEN)


def test_owe_roll_when_somebody_stands_on_another_roll_then_not_twice(ann):
    roll(ann, (1, 2))
    other = roll(ann, (2, 3), subject=subject(2))
    assert counters(other) == (0, 1, Outcome.OPEN)


def test_owe_roll_when_all_stand_on_another_roll_then_nobody_owes_the_new_one(ann):
    roll(ann, (1, 2))
    other = roll(ann, (1, 2), subject=subject(2))
    assert counters(other) == (0, 0, Outcome.WITHDRAWN)
    roll(ann, (3,), subject=subject(2))
    assert counters(other) == (0, 1, Outcome.OPEN)


def test_tick_when_the_last_one_reports_then_the_roll_is_done(ann):
    duty = roll(ann, (1, 2))
    assert tick(ann, 1)
    assert counters(duty) == (1, 2, Outcome.OPEN)
    later = NOON + timedelta(minutes=5)
    assert tick(ann, 2, at=later)
    assert counters(duty) == (2, 2, Outcome.DONE)
    assert (duty.done_at, duty.ended_by_id) == (later, ann.user_id)


def test_tick_when_the_person_itself_reports_then_nobody_else_ended_it(ann):
    duty = roll(ann, (1,))
    worker = worker_actor(ann.authority_id, person(1), "Person 1")
    assert tick(worker, 1)
    duty.refresh_from_db()
    assert duty.outcome is Outcome.DONE
    assert duty.ended_by_id is None


@pytest.mark.parametrize("changes", [{"period": "2022-04-28"}, {"kind": "tests.review"}, {"number": 9}])
def test_tick_when_no_line_fits_then_nothing_happens(ann, changes):
    duty = roll(ann, (1,))
    assert not tick(ann, changes.pop("number", 1), **changes)
    assert counters(duty) == (0, 1, Outcome.OPEN)


def test_tick_when_done_already_then_counted_once(ann):
    duty = roll(ann, (1, 2))
    assert tick(ann, 1)
    assert not tick(ann, 1)
    assert counters(duty) == (1, 2, Outcome.OPEN)


def test_tick_when_called_then_one_statement(ann, django_assert_num_queries):
    roll(ann, (1, 2))
    with writing(ann) as op:
        op.audit(None, {})
        with django_assert_num_queries(1):
            operations.tick(kind=REPORT, subject_id=person(1), period="2022-04-27", at=NOON, op=op)


def test_owe_roll_when_somebody_comes_after_it_was_done_then_it_is_open_again(ann):
    duty = roll(ann, (1,))
    tick(ann, 1)
    roll(ann, (1, 2))
    assert counters(duty) == (1, 2, Outcome.OPEN)


def test_quota_when_enough_have_done_it_then_done_and_further_ones_still_count(ann):
    duty = roll(ann, range(1, 11), quota=Quota(15))
    assert counters(duty) == (0, 2, Outcome.OPEN)
    tick(ann, 1), tick(ann, 1)
    assert counters(duty) == (1, 2, Outcome.OPEN)
    tick(ann, 5)
    assert counters(duty) == (2, 2, Outcome.DONE)
    tick(ann, 6)
    assert counters(duty) == (3, 2, Outcome.DONE)


def test_quota_when_the_staff_grows_then_more_are_wanted(ann):
    duty = roll(ann, range(1, 11), quota=Quota(10))
    tick(ann, 1)
    assert counters(duty) == (1, 1, Outcome.DONE)
    roll(ann, range(1, 12))
    assert counters(duty) == (1, 2, Outcome.OPEN)
    withdraw(ann, 11)
    assert counters(duty) == (1, 1, Outcome.DONE)


def test_quota_when_more_is_wanted_than_there_are_people_then_all_suffice(ann):
    duty = roll(ann, (1, 2), quota=Quota(10, least=5))
    tick(ann, 1), tick(ann, 2)
    assert counters(duty) == (2, 2, Outcome.DONE)


def withdraw(actor: Actor, *numbers: int) -> int:
    ids = [entry.id for entry in Entry.objects.filter(subject_id__in=[person(each) for each in numbers])]
    with writing(actor) as op:
        op.audit(None, {})
        return operations.withdraw_entries(ids, at=NOON, op=op)


def test_withdraw_entries_when_some_leave_then_the_rest_suffices(ann):
    duty = roll(ann, (1, 2, 3))
    tick(ann, 1)
    assert withdraw(ann, 1, 2) == 1  # what is done stays done
    assert counters(duty) == (1, 2, Outcome.OPEN)
    withdraw(ann, 3)
    assert counters(duty) == (1, 1, Outcome.DONE)


def test_withdraw_entries_when_the_last_leaves_then_nothing_is_owed_until_somebody_comes(ann):
    duty = roll(ann, (1,))
    withdraw(ann, 1)
    assert counters(duty) == (0, 0, Outcome.WITHDRAWN)
    roll(ann, (1,))
    assert counters(duty) == (0, 1, Outcome.OPEN)


def test_withdraw_entries_when_the_enterprise_was_released_then_the_roll_stays_withdrawn(ann):
    duty = roll(ann, (1, 2))
    assert operations.release_enterprise(subject().id, ann.authority_id, now=NOON) == 1
    withdraw(ann, 1)
    assert counters(duty) == (0, 1, Outcome.WITHDRAWN)


def test_release_when_a_leader_owes_the_roll_then_it_is_no_longer_owed(ann):
    duty = roll(ann, (1,), owner=owed_by_user(ann.user_id))
    operations.release_enterprise(subject().id, ann.authority_id, now=NOON)
    assert counters(duty)[2] is Outcome.WITHDRAWN


def excuse(number: int, actor: Actor, **changes: str) -> Entry:
    said = {"reason": EntryExcuse.ABSENT.value, "note": "on leave"} | changes
    return operations.excuse_entry(entry_of(number).id, actor=actor, now=NOON, **said)


def test_excuse_entry_when_the_last_open_one_then_the_roll_is_done_and_it_is_on_record(ann):
    duty = roll(ann, (1, 2))
    tick(ann, 1)
    entry = excuse(2, ann)
    assert (entry.outcome, entry.excuse_note) == (Outcome.EXCUSED, "on leave")
    assert counters(duty) == (1, 1, Outcome.DONE)
    row = AuditEntry.objects.get(action="duties.excuse_entry")
    assert row.changes["person"] == str(person(2))


def test_excuse_entry_when_excused_then_not_put_on_the_roll_again(ann):
    duty = roll(ann, (1, 2))
    excuse(2, ann)
    roll(ann, (1, 2))
    assert counters(duty) == (0, 1, Outcome.OPEN)


def test_excuse_entry_when_all_are_excused_then_nothing_is_owed(ann):
    duty = roll(ann, (1,))
    excuse(1, ann)
    assert counters(duty) == (0, 0, Outcome.WITHDRAWN)


def test_excuse_entry_when_the_enterprise_owes_the_roll_then_its_contact_may(ann, bo):
    roll(ann, (1, 2))
    assert excuse(1, bo).ended_by_id == bo.user_id


def test_excuse_entry_when_somebody_elses_then_not_found(ann, district):
    roll(ann, (1,))
    other = acting(new_user(district, "dora"), enterprises=frozenset({subject(2).id}))
    with pytest.raises(NotFound):
        excuse(1, other)


@pytest.mark.parametrize(
    ("changes", "code"), [({"reason": "weather"}, "bad_reason"), ({"note": " "}, "no_note")]
)
def test_excuse_entry_when_reason_or_note_is_missing_then_refused(ann, changes, code):
    roll(ann, (1,))
    with pytest.raises(Invalid) as refused:
        excuse(1, ann, **changes)
    assert refused.value.code == code


def test_excuse_entry_when_done_then_refused(ann):
    roll(ann, (1, 2))
    tick(ann, 1)
    with pytest.raises(Conflict):
        excuse(1, ann)


def test_give_rolls_when_a_leader_is_appointed_then_the_open_ones_are_owed_by_the_leader(ann, bo):
    done, still_open = roll(ann, (1,)), roll(ann, (1,), period="2022-04-28")
    tick(ann, 1)
    with writing(ann) as op:
        op.audit(None, {})
        assert operations.give_rolls(subject().id, owed_by_user(bo.user_id), op=op) == 1
    still_open.refresh_from_db()
    done.refresh_from_db()
    assert (still_open.owner_user_id, still_open.owner_enterprise_id) == (bo.user_id, None)
    assert done.owner_enterprise_id == subject().id


def test_excuse_when_the_whole_roll_is_excused_then_reports_still_count_but_it_stays_excused(ann):
    duty = roll(ann, (1, 2))
    operations.excuse(duty.id, reason="closed_that_day", note="closed", actor=ann, now=NOON)
    assert tick(ann, 1)
    assert counters(duty) == (1, 2, Outcome.EXCUSED)
    roll(ann, (1, 2, 3))
    assert counters(duty) == (1, 3, Outcome.EXCUSED)


def test_lapse_when_missed_two_days_ago_then_missed_for_good_and_on_no_list(ann, bo):
    duty, other = roll(ann, (1, 2)), owe(ann, kind=REVIEW)
    just_before = duty.due_at + timedelta(days=2, seconds=-1)
    assert operations.lapse_rolls(ann.authority_id, now=just_before) == 0
    then = duty.due_at + timedelta(days=2)
    assert operations.lapse_rolls(ann.authority_id, now=then) == 1
    assert operations.lapse_rolls(ann.authority_id, now=then) == 0
    assert counters(duty) == (0, 2, Outcome.MISSED)
    assert queries.list_for(bo, now=then) == [other]
    assert queries.list_entries_of(person(1), now=then) == []


def test_tick_when_the_roll_has_lapsed_then_counted_but_it_stays_missed(ann):
    duty = roll(ann, (1,))
    operations.lapse_rolls(ann.authority_id, now=duty.due_at + timedelta(days=2))
    assert tick(ann, 1)
    assert counters(duty) == (1, 1, Outcome.MISSED)


ACTS = st.lists(
    st.tuples(st.sampled_from(["enrol", "tick", "excuse", "withdraw"]), st.integers(1, 4)), max_size=25
)


@given(ACTS, st.sampled_from([None, Quota(30), Quota(50, least=3)]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counters_when_anything_happens_in_any_order_then_they_are_what_the_lines_say(ann, acts, quota):
    terms = {"quota": quota, "period": new_id().hex}
    duty = roll(ann, (1,), **terms)
    for act, number in acts:
        _do(ann, act, number, terms)
    lines = [entry.outcome for entry in Entry.objects.filter(duty=duty)]
    done, standing = lines.count(Outcome.DONE), lines.count(Outcome.DONE) + lines.count(Outcome.OPEN)
    wanted = standing
    if quota is not None:
        wanted = min(standing, max(quota.least, ceil(standing * quota.percent / 100)))
    duty.refresh_from_db()
    assert (duty.done, duty.members, duty.expected) == (done, standing, wanted)
    expected = Outcome.WITHDRAWN if not wanted else Outcome.DONE if done >= wanted else Outcome.OPEN
    assert duty.outcome is expected


def _do(ann: Actor, act: str, number: int, terms: dict[str, Any]) -> None:
    mine = Entry.objects.filter(period=terms["period"], subject_id=person(number)).open().first()
    if act == "enrol":
        roll(ann, (number,), **terms)
    elif act == "tick":
        tick(ann, number, period=terms["period"])
    elif act == "excuse" and mine:
        operations.excuse_entry(mine.id, reason="absent", note="leave", actor=ann, now=NOON)
    elif act == "withdraw" and mine:
        with writing(ann) as op:
            op.audit(None, {})
            operations.withdraw_entries([mine.id], at=NOON, op=op)
