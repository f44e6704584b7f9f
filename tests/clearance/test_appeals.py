"""The person says it is wrong; somebody without a part in it answers while a clock runs."""

from __future__ import annotations

import pytest

from fugong.clearance import operations
from fugong.clearance.choices import APPEAL_DECISION, APPEAL_DUTY, AppealState, HandState
from fugong.clearance.facts import APPEAL_ANSWERED, APPEAL_MADE
from fugong.clearance.models import Appeal, HandLevel
from fugong.core.actor import worker_actor
from fugong.core.decisions.models import DecisionRecord
from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from tests.clearance.making import DAY, HOUR, confirmed, level, proposed, recorded, worker
from tests.support.making import NOW

WHY = "我4月20日至今没有离开宿舍，不可能是接触者"


@pytest.fixture
def own(here, li):
    """The person on its own phone."""
    return worker_actor(here.authority.id, li.id, li.name)


@pytest.fixture
def commander(here):
    return here.person("commander")


def test_appeal_when_by_the_person_then_a_clock_runs_for_whoever_answers(here, li, own):
    recorded(li, "fever", here=here)
    row = operations.appeal(li.id, WHY, actor=own, now=NOW + HOUR)
    assert (row.state, row.level, row.by_person, str(row.text)) == (AppealState.OPEN, "red", True, WHY)
    duty = Duty.objects.get(kind=APPEAL_DUTY, subject_id=row.id)
    assert row.due_at == duty.due_at == NOW + HOUR + DAY
    assert (duty.owner_permission, duty.owner_area_id) == ("clearance.answer", here.park.id)
    assert [call.permission for call in duty.calls] == ["clearance.answer", "duties.lead"]
    assert Fact.objects.filter(name=APPEAL_MADE).count() == 1


def test_appeal_when_by_the_contact_then_for_the_person(here, li):
    recorded(li, "fever", here=here)
    row = operations.appeal(li.id, WHY, actor=here.person("enterprise_contact"), now=NOW)
    assert not row.by_person


def test_appeal_when_about_somebody_else_then_not_found(here, li, own):
    other = worker(here)
    recorded(other, "fever", here=here)
    with pytest.raises(NotFound):
        operations.appeal(other.id, WHY, actor=own, now=NOW)


def test_appeal_when_the_role_does_not_then_refused(here, li):
    recorded(li, "fever", here=here)
    with pytest.raises(NotPermitted):
        operations.appeal(li.id, WHY, actor=here.person("inspector"), now=NOW)


def test_appeal_when_nothing_is_said_then_refused(here, li, own):
    recorded(li, "fever", here=here)
    with pytest.raises(Invalid) as refused:
        operations.appeal(li.id, "  ", actor=own, now=NOW)
    assert set(refused.value.fields) == {"text"}


def test_appeal_when_nothing_restricts_then_told_what_is_missing(here, li, own):
    with pytest.raises(Conflict) as refused:
        operations.appeal(li.id, WHY, actor=own, now=NOW)
    assert refused.value.code == "nothing_to_appeal"
    recorded(li, "negative_test", here=here)
    with pytest.raises(Conflict):
        operations.appeal(li.id, WHY, actor=own, now=NOW)


def test_appeal_when_one_waits_then_conflict_and_one_duty(here, li, own):
    recorded(li, "fever", here=here)
    operations.appeal(li.id, WHY, actor=own, now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.appeal(li.id, WHY, actor=own, now=NOW + HOUR)
    assert refused.value.code == "appealed"
    assert Duty.objects.filter(kind=APPEAL_DUTY).count() == 1


def test_answer_when_granted_then_all_it_stood_on_is_lifted_at_once(here, li, own, commander):
    hand = confirmed(li, here=here)
    recorded(li, "fever", here=here)
    row = operations.appeal(li.id, WHY, actor=own, now=NOW + HOUR)
    operations.answer_appeal(row.id, granted=True, text="同名，查实", actor=commander, now=NOW + 2 * HOUR)
    assert level(li, now=NOW + 2 * HOUR) == "green"
    assert HandLevel.objects.get(id=hand.id).state == HandState.ENDED
    kept = Appeal.objects.get()
    assert (kept.state, kept.answered_by_id) == (AppealState.GRANTED, commander.user_id)
    assert Duty.objects.get(kind=APPEAL_DUTY).done_at == NOW + 2 * HOUR
    assert DecisionRecord.objects.get(kind=APPEAL_DECISION).outcome == "granted"
    assert Fact.objects.get(name=APPEAL_ANSWERED).payload["granted"] is True


def test_answer_when_dismissed_then_the_level_stands_with_the_word(here, li, own, commander):
    recorded(li, "fever", here=here)
    row = operations.appeal(li.id, WHY, actor=own, now=NOW)
    operations.answer_appeal(row.id, granted=False, text="复测仍为38.1", actor=commander, now=NOW)
    assert level(li) == "red"
    assert str(Appeal.objects.get().answer) == "复测仍为38.1"
    assert operations.appeal(li.id, WHY, actor=own, now=NOW + HOUR).state == AppealState.OPEN


def test_answer_when_by_the_first_or_the_second_person_then_refused(here, li, own):
    ann, bo = here.person("commander"), here.person("reviewer_headquarters")
    hand = proposed(li, by=here.person("reviewer_park"))
    operations.confirm_level(hand.id, actor=bo, now=NOW)
    row = operations.appeal(li.id, WHY, actor=own, now=NOW)
    with pytest.raises(NotPermitted) as refused:
        operations.answer_appeal(row.id, granted=True, text="x", actor=bo, now=NOW)
    assert refused.value.code == "took_part"
    assert operations.answer_appeal(row.id, granted=True, text="x", actor=ann, now=NOW)


def test_answer_when_the_role_does_not_then_refused(here, li, own):
    recorded(li, "fever", here=here)
    row = operations.appeal(li.id, WHY, actor=own, now=NOW)
    for role in ("enterprise_contact", "reviewer_park", "reviewer_department", "inspector"):
        with pytest.raises((NotPermitted, NotFound)):
            operations.answer_appeal(row.id, granted=True, text="x", actor=here.person(role), now=NOW)
    with pytest.raises((NotPermitted, NotFound)):
        operations.answer_appeal(row.id, granted=True, text="x", actor=own, now=NOW)


def test_answer_when_answered_or_without_a_word_then_refused(here, li, own, commander):
    recorded(li, "fever", here=here)
    row = operations.appeal(li.id, WHY, actor=own, now=NOW)
    with pytest.raises(Invalid):
        operations.answer_appeal(row.id, granted=False, text=" ", actor=commander, now=NOW)
    operations.answer_appeal(row.id, granted=False, text="x", actor=commander, now=NOW)
    with pytest.raises(Conflict):
        operations.answer_appeal(row.id, granted=True, text="x", actor=commander, now=NOW)
