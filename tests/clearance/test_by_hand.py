"""A restrictive level by hand: a reason of the list, evidence, a second person, an end."""

from __future__ import annotations

from typing import Any

import pytest

from fugong.clearance import operations
from fugong.clearance.choices import CONFIRM_DUTY, HAND_DECISION, HandState
from fugong.clearance.models import Evidence, HandLevel
from fugong.clearance.operations import Proposal
from fugong.core.actor import system_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.decisions.models import DecisionRecord
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from tests.clearance.making import DAY, HOUR, level, proposed, worker
from tests.health.making import amended
from tests.support.making import NOW, place

SAID = Proposal("contact_told", "疾控电话，4月27日9时，王医生", 7)


@pytest.fixture
def ann(here):
    return here.person("reviewer_park")


@pytest.fixture
def bo(here):
    return here.person("reviewer_headquarters")


def test_propose_when_in_order_then_nothing_holds_yet_and_a_second_person_owes_a_word(here, li, ann):
    row = operations.propose_level(li.id, SAID, actor=ann, now=NOW)
    assert (row.state, row.level, row.expires_at) == (HandState.PROPOSED, "red", None)
    assert level(li) == "ask"
    duty = Duty.objects.get(kind=CONFIRM_DUTY, subject_id=row.id)
    assert (duty.owner_permission, duty.owner_area_id) == ("clearance.confirm", here.park.id)
    assert duty.due_at == NOW + DAY
    assert duty.escalates_at == NOW + DAY


def test_propose_when_the_clock_warns_then_the_second_person_is_reminded_before(here, li, ann):
    clock = 'confirm a level set by hand" }\nhours = 24\n'
    amended(here.authority, (clock, clock + "warn_hours_before = 3\n"))
    row = operations.propose_level(li.id, SAID, actor=ann, now=NOW)
    duty = Duty.objects.get(kind=CONFIRM_DUTY, subject_id=row.id)
    assert duty.reminders == [NOW + DAY - 3 * HOUR]


def test_confirm_when_by_another_then_holds_until_its_end(here, li, ann, bo):
    row = proposed(li, by=ann)
    operations.confirm_level(row.id, actor=bo, now=NOW + HOUR)
    assert level(li, now=NOW + HOUR) == "red"
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.until, evidence.reason) == (
        "by_hand",
        NOW + HOUR + 7 * DAY,
        "contact_told",
    )
    assert Duty.objects.get(subject_id=row.id).done_at == NOW + HOUR
    decision = DecisionRecord.objects.get(kind=HAND_DECISION).decision
    assert decision.outcome == "confirmed"
    assert [reason.rule for reason in decision.reasons] == ["clearance.reasons.contact_told"]
    assert AuditEntry.objects.filter(action="clearance.confirm", subject_id=str(row.id)).exists()


def test_confirm_when_the_days_are_over_then_ends_by_itself(here, li, ann, bo):
    row = proposed(li, by=ann)
    operations.confirm_level(row.id, actor=bo, now=NOW)
    later = NOW + 7 * DAY
    operations.refresh_clearances(here.authority.id, now=later)
    assert level(li, now=later) == "green"


def test_confirm_when_by_the_same_person_then_refused(here, li, ann):
    row = proposed(li, by=ann)
    with pytest.raises(NotPermitted) as refused:
        operations.confirm_level(row.id, actor=ann, now=NOW)
    assert refused.value.code == "same_person"
    assert level(li) == "ask"


def test_confirm_when_refused_before_then_conflict(here, li, ann, bo):
    row = proposed(li, by=ann)
    operations.refuse_level(row.id, note="没有通报", actor=bo, now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.confirm_level(row.id, actor=bo, now=NOW)
    assert refused.value.code == "decided"
    assert not Evidence.objects.exists()
    assert HandLevel.objects.get().state == HandState.REFUSED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "petition"}, "reason"),
        ({"text": "   "}, "text"),
        ({"days": 15}, "days"),
        ({"days": 0}, "days"),
    ],
)
def test_propose_when_something_is_amiss_then_says_which_field(here, li, ann, changed, field):
    given: dict[str, Any] = {"reason": SAID.reason, "text": SAID.text, "days": SAID.days} | changed
    with pytest.raises(Invalid) as refused:
        operations.propose_level(li.id, Proposal(**given), actor=ann, now=NOW)
    assert set(refused.value.fields) == {field}
    assert not HandLevel.objects.exists()


@pytest.mark.parametrize("role", ["enterprise_contact", "instructor", "reviewer_headquarters", "inspector"])
def test_propose_when_the_role_does_not_then_refused(here, li, role):
    with pytest.raises(NotPermitted):
        operations.propose_level(li.id, SAID, actor=here.person(role), now=NOW)


@pytest.mark.parametrize("role", ["enterprise_contact", "instructor", "reviewer_department", "commander"])
def test_confirm_when_the_role_does_not_then_refused(here, li, ann, role):
    row = proposed(li, by=ann)
    with pytest.raises((NotPermitted, NotFound)):
        operations.confirm_level(row.id, actor=here.person(role), now=NOW)


def test_propose_when_by_the_system_then_refused(here, li):
    system = system_actor(here.authority.id, "replay")
    with pytest.raises(NotPermitted):
        operations.propose_level(li.id, SAID, actor=system, now=NOW)


def test_propose_when_one_waits_already_then_conflict(here, li, ann):
    proposed(li, by=ann)
    with pytest.raises(Conflict) as refused:
        operations.propose_level(li.id, SAID, actor=ann, now=NOW)
    assert refused.value.code == "proposed"


def test_propose_when_from_another_authority_then_not_found(here, li):
    cai = place("south").person("reviewer_park")
    with pytest.raises(NotFound):
        operations.propose_level(li.id, SAID, actor=cai, now=NOW)


def test_end_when_shown_wrong_then_green_at_once_and_by_one_person(here, li, ann, bo):
    row = proposed(li, by=ann)
    operations.confirm_level(row.id, actor=bo, now=NOW)
    operations.end_level(row.id, note="疾控更正：同名", actor=ann, now=NOW + HOUR)
    assert level(li, now=NOW + HOUR) == "green"
    assert HandLevel.objects.get().state == HandState.ENDED


def test_end_when_it_never_held_or_is_over_then_conflict(here, li, ann, bo):
    row = proposed(li, by=ann)
    with pytest.raises(Conflict):
        operations.end_level(row.id, note="错误", actor=bo, now=NOW)
    operations.confirm_level(row.id, actor=bo, now=NOW)
    with pytest.raises(Conflict):
        operations.end_level(row.id, note="错误", actor=bo, now=NOW + 8 * DAY)


def test_end_when_nothing_is_said_or_the_role_has_no_part_then_refused(here, li, ann, bo):
    row = proposed(li, by=ann)
    operations.confirm_level(row.id, actor=bo, now=NOW)
    with pytest.raises(Invalid):
        operations.end_level(row.id, note=" ", actor=bo, now=NOW)
    with pytest.raises(NotPermitted):
        operations.end_level(row.id, note="错误", actor=here.person("enterprise_contact"), now=NOW)


def test_text_when_kept_then_sealed(here, li, ann):
    row = proposed(li, by=ann)
    assert str(HandLevel.objects.get(id=row.id).text) == SAID.text
    entry = AuditEntry.objects.get(action="clearance.propose")
    assert "王医生" not in str(entry.changes)


def test_confirm_when_a_stricter_ground_is_on_record_then_the_stricter_stays(here, li, ann, bo):
    row = proposed(li, by=ann)
    operations.confirm_level(row.id, actor=bo, now=NOW)
    other = operations.propose_level(
        li.id, Proposal("clinic_waiting", "单据12号", 1), actor=ann, now=NOW + HOUR
    )
    operations.confirm_level(other.id, actor=bo, now=NOW + HOUR)
    assert level(li, now=NOW + HOUR) == "red"


def test_confirm_when_somebody_has_moved_to_another_park_then_whoever_is_there_decides(here, ann):
    far = worker(here)
    row = proposed(far, by=ann)
    far.enterprise_id = None
    far.save()
    with pytest.raises((NotPermitted, NotFound)):
        operations.confirm_level(row.id, actor=here.person("reviewer_park"), now=NOW)
    assert operations.confirm_level(row.id, actor=here.person("reviewer_headquarters"), now=NOW)
