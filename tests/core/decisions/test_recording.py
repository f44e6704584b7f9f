"""Decisions kept."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from fugong.core.decisions import Decision, EvidenceRef, Reason, Text, UnknownKind, register_decision_kinds
from fugong.core.decisions.models import DecisionRecord
from fugong.core.decisions.recording import list_decisions, record_decision
from fugong.core.tenancy import acting_for
from tests.core.making import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr("fugong.core.decisions.kinds._kinds", {})
    register_decision_kinds({"test.approval": "Approval", "test.filing": "Filing"})


def decision(kind: str = "test.approval", *, outcome: str = "approved", at=NOW) -> Decision:
    return Decision(
        kind=kind,
        outcome=outcome,
        reasons=(Reason("masks", "二、（一）", Text.message("%(count)s masks", count=300), satisfied=True),),
        evidence=(EvidenceRef("resumption.visit", "7", "现场核验", "ab12"),),
        playbook_id="datong",
        playbook_version="2022-04-01",
        at=at,
    )


def test_recorded_decision_comes_back_with_who_took_it_about_what(authority, ann):
    made = decision()
    record = record_decision(made, subject=authority, actor=ann)
    (found,) = list_decisions(authority)
    assert found == record
    assert found.decision == made
    assert (found.actor_id, found.actor_name) == (ann.user_id, "Ann")
    assert (found.subject_kind, found.subject_id) == ("areas.authority", authority.id)


def test_decisions_about_a_subject_are_oldest_first_and_by_kind(authority, ann):
    for hours, kind in ((3, "test.approval"), (1, "test.filing"), (2, "test.approval")):
        record_decision(decision(kind, at=NOW + timedelta(hours=hours)), subject=authority, actor=ann)
    assert [found.kind for found in list_decisions(authority)] == [
        "test.filing",
        "test.approval",
        "test.approval",
    ]
    assert [found.at for found in list_decisions(authority, kind="test.approval")] == [
        NOW + timedelta(hours=2),
        NOW + timedelta(hours=3),
    ]


def test_decision_of_an_unregistered_kind_is_refused(authority, ann):
    with pytest.raises(UnknownKind):
        record_decision(decision("test.other"), subject=authority, actor=ann)
    assert not DecisionRecord.objects.exists()


@pytest.mark.parametrize(
    "change", ["update core_decisionrecord set outcome = 'x'", "delete from core_decisionrecord"]
)
def test_decision_is_never_changed(authority, ann, change):
    record_decision(decision(), subject=authority, actor=ann)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)


def test_neighbour_sees_no_decision(authority, neighbour, ann):
    record_decision(decision(), subject=authority, actor=ann)
    with acting_for(neighbour.id):
        assert list_decisions(authority) == []
