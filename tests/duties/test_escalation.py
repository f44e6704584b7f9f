from __future__ import annotations

from datetime import timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.tenancy import acting_for
from fugong.duties import operations, queries
from fugong.duties.choices import owed_by_holders
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
