from __future__ import annotations

from datetime import timedelta

import pytest

from fugong.accounts.models import Assignment, User
from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.tenancy import acting_for
from fugong.duties import operations, queries
from fugong.duties.choices import Call, owed_by_holders
from fugong.duties.facts import DUTY_ESCALATED
from fugong.duties.models import Duty
from fugong.duties.operations import escalation
from tests.duties.making import NOON, acting, new_user, owe, subject

pytestmark = pytest.mark.usefixtures("at_home")
DUE = NOON + timedelta(hours=6)
UPWARDS = "tests.lead"


def test_escalate_when_missed_then_told_once_with_audit_row_and_fact(ann):
    duty = owe(ann, escalate_to=UPWARDS)
    assert operations.escalate_due(ann.authority_id, now=DUE) == 1
    assert operations.escalate_due(ann.authority_id, now=DUE + timedelta(days=1)) == 0
    duty.refresh_from_db()
    assert duty.escalated_at == DUE
    entry = AuditEntry.objects.get(action="duties.escalate")
    assert (entry.subject_id, entry.actor_id) == (str(duty.id), None)
    fact = Fact.objects.get(name=DUTY_ESCALATED)
    assert fact.payload["escalate_to"] == UPWARDS


def test_escalate_when_not_yet_missed_or_no_next_level_then_nothing_is_written(ann):
    owe(ann, escalate_to=UPWARDS)
    owe(ann, subject=subject(2), due_at=NOON)
    assert operations.escalate_due(ann.authority_id, now=DUE - timedelta(microseconds=1)) == 0
    assert not AuditEntry.objects.filter(action="duties.escalate").exists()


def test_escalate_when_settled_before_the_deadline_then_not_told(ann):
    duty = owe(ann, escalate_to=UPWARDS)
    Duty.objects.filter(id=duty.id).update(done_at=DUE - timedelta(hours=1))
    assert operations.escalate_due(ann.authority_id, now=DUE) == 0


def test_escalate_when_more_than_a_batch_then_all_of_them(ann, monkeypatch):
    monkeypatch.setattr(escalation, "BATCH", 3)
    for number in range(1, 8):
        owe(ann, subject=subject(number), escalate_to=UPWARDS)
    assert operations.escalate_due(ann.authority_id, now=DUE) == 7
    assert Duty.objects.filter(escalated_at__isnull=False).count() == 7


def test_escalate_when_another_authority_has_missed_duties_then_they_are_left(ann, cai):
    with acting_for(cai.authority_id):
        owe(cai, escalate_to=UPWARDS)
    assert operations.escalate_due(ann.authority_id, now=DUE) == 0
    assert operations.escalate_due(cai.authority_id, now=DUE) == 1


def test_list_when_escalated_then_the_next_level_owes_it_too(ann, district, park):
    lead = acting(new_user(district, "lead"), UPWARDS, areas=frozenset({park.id}))
    other = acting(new_user(district, "other"), UPWARDS)
    duty = owe(ann, escalate_to=UPWARDS, owner=owed_by_holders("tests.do", area_id=park.id))
    assert queries.list_for(lead, now=DUE) == []
    operations.escalate_due(ann.authority_id, now=DUE)
    assert queries.list_for(lead, now=DUE) == [duty]
    assert queries.list_for(other, now=DUE) == []


NEXT_DAY = DUE + timedelta(days=1)
LEVELS = [
    Call(at=DUE, permission=UPWARDS, name_zh="指挥部", name_en="Headquarters"),
    Call(at=NEXT_DAY, permission="tests.top", name_zh="区委、区政府", name_en="District leadership"),
]


def test_escalate_when_there_are_two_levels_then_each_is_told_when_its_time_has_come(ann, district):
    lead = acting(new_user(district, "lead"), UPWARDS, all_areas=True)
    top = acting(new_user(district, "top"), "tests.top", all_areas=True)
    duty = owe(ann, calls=LEVELS)
    operations.escalate_due(ann.authority_id, now=DUE)
    assert queries.list_for(lead, now=DUE) == [duty]
    assert queries.list_for(top, now=DUE) == []
    assert operations.escalate_due(ann.authority_id, now=NEXT_DAY - timedelta(seconds=1)) == 0
    assert operations.escalate_due(ann.authority_id, now=NEXT_DAY) == 1
    assert operations.escalate_due(ann.authority_id, now=NEXT_DAY + timedelta(days=9)) == 0
    assert queries.list_for(lead, now=NEXT_DAY) == [duty]
    assert queries.list_for(top, now=NEXT_DAY) == [duty]
    duty.refresh_from_db()
    assert [call.told_at for call in duty.calls] == [DUE, NEXT_DAY]
    assert duty.escalates_at is None
    told = [fact.payload["escalate_to"] for fact in Fact.objects.filter(name=DUTY_ESCALATED).order_by("id")]
    assert told == [UPWARDS, "tests.top"]


def test_escalate_when_nothing_ran_for_days_then_all_steps_that_fell_due_are_taken_once(ann):
    duty = owe(ann, calls=LEVELS)
    late = NEXT_DAY + timedelta(days=5)
    assert operations.escalate_due(ann.authority_id, now=late) == 1
    assert operations.escalate_due(ann.authority_id, now=late) == 0
    duty.refresh_from_db()
    assert (duty.told_permissions, duty.escalates_at) == ([UPWARDS, "tests.top"], None)
    assert AuditEntry.objects.filter(action="duties.escalate").count() == 2


def test_escalate_when_settled_between_two_levels_then_the_second_is_not_called(ann):
    duty = owe(ann, calls=LEVELS)
    operations.escalate_due(ann.authority_id, now=DUE)
    Duty.objects.filter(id=duty.id).update(done_at=DUE + timedelta(hours=1))
    assert operations.escalate_due(ann.authority_id, now=NEXT_DAY) == 0


def _in_post(user, kind: str = "leaders") -> None:
    Assignment.objects.create(
        authority=user.authority,
        user=user,
        kind=kind,
        kind_name_zh="包保",
        subject_kind="enterprise",
        subject_id=subject().id,
        subject_label="",
        starts_on=NOON.date() - timedelta(days=9),
        recorded_at=NOON,
    )


def test_escalate_when_a_post_is_called_then_whoever_holds_it_for_this_enterprise_is_told(ann, district):
    leader, other = new_user(district, "leader"), new_user(district, "other")
    post = Call(at=DUE, permission=UPWARDS, posts=("leaders",), enterprise_id=subject().id)
    duty = owe(ann, calls=[post])
    _in_post(leader)
    _in_post(other, kind="instructors")
    operations.escalate_due(ann.authority_id, now=DUE)
    assert queries.list_for(acting(leader), now=DUE) == [duty]
    assert queries.list_for(acting(other), now=DUE) == []
    assert queries.list_for(acting(new_user(district, "lead"), UPWARDS, all_areas=True), now=DUE) == []


def test_escalate_when_nobody_holds_the_post_or_its_holder_has_left_then_the_office_is_told(ann, district):
    gone = new_user(district, "gone")
    _in_post(gone)
    User.objects.filter(id=gone.id).update(is_active=False)
    post = Call(at=DUE, permission=UPWARDS, posts=("leaders",), enterprise_id=subject().id)
    duty = owe(ann, calls=[post])
    operations.escalate_due(ann.authority_id, now=DUE)
    assert queries.list_for(acting(new_user(district, "lead"), UPWARDS, all_areas=True), now=DUE) == [duty]
