"""Owing and settling, checked against a plain model of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fugong.core.actor import Actor
from fugong.duties import operations, queries
from fugong.duties.choices import Outcome, UnknownKind, owed_by_enterprise, owed_by_holders, owed_by_user
from fugong.duties.models import Duty
from tests.duties.making import (
    NOON,
    REPORT,
    REVIEW,
    owe,
    subject,
    writing,
)

pytestmark = pytest.mark.usefixtures("at_home")


def test_owe_when_new_then_kept_with_its_clock_and_side(ann):
    duty = owe(ann, escalate_to="duties.see")
    assert (duty.kind, duty.subject_label, duty.side) == (REPORT, "Enterprise 1", "enterprise")
    assert (duty.opened_at, duty.due_at) == (NOON, NOON + timedelta(hours=6))
    assert duty.outcome is Outcome.OPEN
    assert duty.recorded_at == NOON


def test_owe_when_open_already_then_the_same_unchanged(ann):
    first = owe(ann)
    again = owe(ann, due_at=NOON + timedelta(days=9))
    assert again.id == first.id
    assert again.due_at == first.due_at
    assert Duty.objects.count() == 1


def test_owe_when_owner_period_or_kind_differs_then_another(ann):
    owe(ann)
    owe(ann, period="2022-04-28")
    owe(ann, kind=REVIEW)
    owe(ann, owner=owed_by_enterprise(subject(2).id))
    owe(ann, owner=owed_by_user(ann.user_id))
    owe(ann, owner=owed_by_holders("tests.do"))
    assert Duty.objects.open().count() == 6


def test_owe_when_settled_before_then_owed_anew(ann):
    first = owe(ann)
    with writing(ann) as op:
        op.audit(None, {})
        assert operations.settle(kind=REPORT, subject_id=subject().id, at=NOON, op=op) == 1
    assert owe(ann).id != first.id


def test_owe_when_the_kind_is_unknown_then_nothing_is_kept(ann):
    with pytest.raises(UnknownKind):
        owe(ann, kind="tests.unknown")
    assert not Duty.objects.exists()


def test_settle_when_done_late_then_the_time_of_the_deed_is_kept(ann):
    duty = owe(ann)
    done_at = duty.due_at + timedelta(hours=1)
    with writing(ann, now=done_at + timedelta(days=1)) as op:
        op.audit(None, {})
        operations.settle(kind=REPORT, subject_id=subject().id, period="2022-04-27", at=done_at, op=op)
    duty.refresh_from_db()
    assert (duty.outcome, duty.done_at, duty.ended_by_id) == (Outcome.DONE, done_at, ann.user_id)


def test_settle_when_only_one_period_is_named_then_the_others_stay_open(ann):
    owe(ann)
    owe(ann, period="2022-04-28")
    with writing(ann) as op:
        op.audit(None, {})
        operations.settle(kind=REPORT, subject_id=subject().id, period="2022-04-27", at=NOON, op=op)
    assert [duty.period for duty in Duty.objects.open()] == ["2022-04-28"]


def test_withdraw_when_not_owed_any_more_then_not_done_and_not_excused(ann):
    duty = owe(ann)
    with writing(ann) as op:
        op.audit(None, {})
        assert operations.withdraw(kind=REPORT, subject_id=subject().id, at=NOON, op=op) == 1
        assert operations.withdraw(kind=REPORT, subject_id=subject().id, at=NOON, op=op) == 0
    duty.refresh_from_db()
    assert (duty.outcome, duty.done_at) == (Outcome.WITHDRAWN, None)


def _owe_and_break(actor: Actor) -> None:
    with writing(actor) as op:
        op.audit(None, {})
        operations.owe(
            kind=REPORT,
            subject=subject(),
            owner=owed_by_enterprise(subject().id),
            due_at=NOON,
            opened_at=NOON,
            op=op,
        )
        raise ZeroDivisionError


def test_owe_when_the_callers_operation_fails_then_nothing_is_owed(ann):
    with pytest.raises(ZeroDivisionError):
        _owe_and_break(ann)
    assert not Duty.objects.exists()


BROKEN = {
    "two owners": {"owner_permission": "tests.do"},
    "no owner": {"owner_enterprise_id": None},
    "both done and withdrawn": {"done_at": NOON, "withdrawn_at": NOON},
    "an excuse on an open duty": {"excuse": "force_majeure", "excuse_note": "ill"},
    "an excuse without a sentence": {"excuse": "force_majeure", "withdrawn_at": NOON},
    "escalated to nobody": {"escalated_at": NOON + timedelta(days=9)},
    "escalated before it was missed": {"escalated_at": NOON, "told_permissions": ["duties.see"]},
    "told without a time": {"told_permissions": ["duties.see"]},
    "to be escalated before it is missed": {"escalates_at": NOON},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_database_when_a_row_would_be_absurd_then_refused(ann, change):
    duty = owe(ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(id=duty.id).update(**change)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["owe", "owe", "settle", "withdraw", "escalate"]),
        st.sampled_from([REPORT, REVIEW]),
        st.integers(1, 2),
        st.sampled_from(["", "2022-04-27"]),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_duties_when_any_steps_in_any_order_then_as_the_plain_model_says(ann, steps):
    """The model: a set of open identities, how many ended which way, and which were told upwards."""
    opened: dict[tuple[str, int, str], bool] = {}
    ended = {"settle": 0, "withdraw": 0}
    told = 0
    with transaction.atomic():
        for hour, (what, kind, number, period) in enumerate(steps):
            now = NOON + timedelta(hours=hour)
            if what == "escalate":
                due = [key for key, known in opened.items() if not known]
                assert operations.escalate_due(ann.authority_id, now=now + timedelta(days=9)) == len(due)
                opened |= dict.fromkeys(due, True)
                told += len(due)
                continue
            if what == "owe":
                owe(ann, kind=kind, subject=subject(number), period=period, escalate_to="duties.see", now=now)
                opened.setdefault((kind, number, period), False)
            else:
                act = getattr(operations, what)
                with writing(ann, now=now) as op:
                    op.audit(None, {})
                    number_ended = act(kind=kind, subject_id=subject(number).id, period=period, at=now, op=op)
                assert number_ended == int((kind, number, period) in opened)
                ended[what] += number_ended
                opened.pop((kind, number, period), None)
        rows = Duty.objects.open()
        assert {(row.kind, row.subject_id.int, row.period) for row in rows} == set(opened)
        assert rows.count() == len(opened)
        assert Duty.objects.filter(done_at__isnull=False).count() == ended["settle"]
        assert Duty.objects.filter(withdrawn_at__isnull=False).count() == ended["withdraw"]
        assert Duty.objects.filter(escalated_at__isnull=False).count() == told
        transaction.set_rollback(True)


def test_list_open_of_when_several_then_the_nearest_of_each_subject(ann):
    owe(ann, kind=REVIEW, due_at=NOON + timedelta(days=2))
    near = owe(ann, due_at=NOON + timedelta(days=1))
    other = owe(ann, subject=subject(2))
    found = queries.list_open_of([subject(1).id, subject(2).id, subject(3).id])
    assert {key: duty.id for key, duty in found.items()} == {subject(1).id: near.id, subject(2).id: other.id}
