from __future__ import annotations

from dataclasses import replace

import pytest

from fugong.core.actor import Actor, Reach
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties import operations
from fugong.duties.choices import Excuse, Outcome, owed_by_holders, owed_by_user
from fugong.duties.models import Duty
from fugong.duties.permissions import EXCUSE
from tests.duties.making import NOON, owe, subject

pytestmark = pytest.mark.usefixtures("at_home")
REASON = Excuse.FORCE_MAJEURE


def _excuse(
    duty: Duty, actor: Actor, *, reason: str = REASON, note: str = "The staff were quarantined."
) -> Duty:
    return operations.excuse(duty.id, reason=reason, note=note, actor=actor, now=NOON)


def test_excuse_when_given_then_ended_with_reason_and_audit_row(ann):
    duty = owe(ann)
    _excuse(duty, ann, note="  The staff were quarantined.  ")
    duty.refresh_from_db()
    assert (duty.outcome, duty.excuse, duty.ended_by_id) == (Outcome.EXCUSED, REASON, ann.user_id)
    assert duty.excuse_note == "The staff were quarantined."
    entry = AuditEntry.objects.get(action="duties.excuse")
    assert (entry.subject_id, entry.note) == (str(duty.id), duty.excuse_note)


REFUSALS = {
    "without the permission": (lambda ann: replace(ann, permissions=frozenset()), {}, NotPermitted),
    "outside the areas": (lambda ann: replace(ann, all_areas=False), {}, NotFound),
    "for no listed reason": (lambda ann: ann, {"reason": "because"}, Invalid),
    "without a sentence": (lambda ann: ann, {"note": "  "}, Invalid),
}


@pytest.mark.parametrize(("who", "what", "refusal"), REFUSALS.values(), ids=REFUSALS)
def test_excuse_when_refused_then_nothing_is_written(ann, who, what, refusal):
    duty = owe(ann)
    with pytest.raises(refusal):
        _excuse(duty, who(ann), **what)
    duty.refresh_from_db()
    assert duty.outcome is Outcome.OPEN
    assert not AuditEntry.objects.filter(action="duties.excuse").exists()


def test_excuse_when_it_is_ones_own_then_somebody_else_has_to(ann, park):
    """What one owes in person, by one's enterprise, or by one's office in the area where one holds it."""
    bo = replace(ann, enterprises=frozenset({subject().id}))
    officer = replace(ann, permissions=ann.permissions | {"tests.do"})
    own = owe(ann, owner=owed_by_user(ann.user_id), subject=subject(2))
    office = owe(ann, owner=owed_by_holders("tests.do", area_id=park.id), subject=subject(3))
    for duty, actor in ((own, ann), (owe(ann), bo), (office, officer)):
        with pytest.raises(NotPermitted) as refused:
            _excuse(duty, actor)
        assert refused.value.code == "own_duty"
    _excuse(office, replace(officer, reaches={"tests.do": Reach(), EXCUSE: Reach(everywhere=True)}))


def test_excuse_when_ended_before_then_conflict(ann):
    duty = owe(ann)
    _excuse(duty, ann)
    with pytest.raises(Conflict):
        _excuse(duty, ann, note="Again.")
    assert AuditEntry.objects.filter(action="duties.excuse").count() == 1


def test_excuse_when_of_another_authority_then_it_does_not_exist(ann, cai):
    duty = owe(ann)
    with pytest.raises(NotFound):
        _excuse(duty, cai)
    assert Duty.objects.get(id=duty.id).outcome is Outcome.OPEN
