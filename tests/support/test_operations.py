"""Each step: what it writes, whom it leaves owing what, and every way in which it is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fugong.accounts import operations as accounts
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.clock import LOCAL
from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.duties import queries as duties
from fugong.duties.models import Duty
from fugong.duties.operations import escalate_due
from fugong.playbooks.rules.loading import load_playbook
from fugong.resumption.facts import APPLICANT
from fugong.support import facts, operations
from fugong.support.choices import State, Step
from fugong.support.models import Difficulty, DifficultyEvent
from fugong.support.operations import Assignee, Report
from tests.accounts import making as people
from tests.support.making import (
    BUREAU,
    DAY,
    HOUR,
    LOGISTICS,
    NOW,
    Place,
    brought_to,
    datong,
    place,
    put_in_force,
    raised,
)


def owed(actor: Actor, *, now: datetime = NOW) -> list[str]:
    return [duty.kind for duty in duties.list_for(actor, now=now)]


def steps(difficulty: Difficulty) -> list[str]:
    return list(
        DifficultyEvent.objects.filter(difficulty=difficulty)
        .values_list("step", flat=True)
        .order_by("at", "id")
    )


def told(name: str) -> int:
    return Fact.objects.filter(name=name).count()


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=f"support.{action}").count()


# Raising


def test_raise_when_by_the_contact_then_kept_with_clock_duty_event_audit_and_fact(here, bo, headquarters):
    difficulty = raised(here, by=bo)
    assert (difficulty.state, difficulty.raised_for) == (State.RAISED, False)
    assert (difficulty.category_zh, difficulty.category_en) == ("物流运输", "Logistics and transport")
    assert difficulty.due_at == datetime(2022, 4, 29, tzinfo=LOCAL)
    assert difficulty.area_id == here.park.id
    assert steps(difficulty) == [Step.RAISE]
    assert owed(headquarters) == ["support.assign"]
    assert owed(bo) == []
    assert (audited("raise_difficulty"), told(facts.DIFFICULTY_RAISED)) == (1, 1)


def test_raise_when_by_the_instructor_then_it_is_marked_as_raised_for_the_enterprise(here, instructor):
    assert raised(here, by=instructor).raised_for is True


@pytest.mark.parametrize("role", ["reviewer_park", "reviewer_department", "commander", "inspector"])
def test_raise_when_by_anybody_else_then_refused(here, role):
    with pytest.raises(NotPermitted):
        raised(here, by=here.person(role))
    assert not Difficulty.objects.exists()


def test_raise_when_for_an_enterprise_of_somebody_else_then_refused(here, bo):
    other = place("south")
    with pytest.raises(NotPermitted):
        operations.raise_difficulty(other.enterprise.id, LOGISTICS, actor=bo, now=NOW)


@pytest.mark.parametrize(
    ("report", "field"),
    [(Report("logistics", "  "), "title"), (Report("unheard_of", "Lorries"), "category")],
)
def test_raise_when_incomplete_then_the_field_is_named_and_nothing_is_kept(here, bo, report, field):
    with pytest.raises(Invalid) as refusal:
        raised(here, by=bo, report=report)
    assert list(refusal.value.fields) == [field]
    assert not Difficulty.objects.exists()
    assert audited("raise_difficulty") == 0


def test_raise_when_no_playbook_is_in_force_then_refused(here, bo):
    with pytest.raises(NotFound):
        operations.raise_difficulty(here.enterprise.id, LOGISTICS, actor=bo, now=NOW - 60 * DAY)


# Assigning


def test_assign_when_to_an_office_then_its_clock_runs_and_its_people_owe_the_answer(
    here, headquarters, bureau
):
    difficulty = raised(here)
    given = operations.assign(
        difficulty.id, Assignee(body=BUREAU), actor=headquarters, now=NOW, note="Please."
    )
    assert (given.state, given.body, given.assigned_user_id) == (State.ASSIGNED, BUREAU, None)
    assert given.body_zh
    # Two working days after Wednesday the 27th: Friday the 29th, at closing hour.
    assert given.due_at == datetime(2022, 4, 29, 17, 30, tzinfo=LOCAL)
    assert owed(bureau) == ["support.answer"]
    assert "support.assign" not in owed(headquarters)
    assert steps(difficulty) == [Step.RAISE, Step.ASSIGN]
    assert (audited("assign"), told(facts.DIFFICULTY_ASSIGNED)) == (1, 1)


def test_answer_when_it_does_not_come_then_whom_the_playbooks_clock_names_is_called(here, headquarters):
    brought_to(State.ASSIGNED, here)
    duty = Duty.objects.open().get()
    [call] = duty.calls
    assert (call.permission, call.name_en) == ("difficulties.assign", "District headquarters for resumption")
    assert call.at == duty.due_at
    escalate_due(here.authority.id, now=duty.due_at)
    assert owed(headquarters, now=duty.due_at) == ["support.answer"]


def test_answer_when_the_clock_calls_the_leadership_after_a_day_then_it_is_called_then(here, headquarters):
    named = '[[clocks.difficulty.escalation]]\nto = "headquarters"'
    text = datong().text.replace('version = "1"', 'version = "2"')
    changed = text.replace(named, named.replace("headquarters", "district") + "\nafter_working_days = 1")
    put_in_force(here.authority, load_playbook(changed, facts=APPLICANT), from_day=date(2022, 4, 27))
    brought_to(State.ASSIGNED, here)
    [call] = Duty.objects.open().get().calls
    assert (call.permission, call.at) == ("duties.lead", datetime(2022, 5, 5, 17, 30, tzinfo=LOCAL))


def test_assign_when_to_a_person_then_only_that_person_owes_the_answer(here, headquarters, bureau):
    leader = here.holder("area_leader")
    difficulty = raised(here)
    operations.assign(difficulty.id, Assignee(user_id=leader.id), actor=headquarters, now=NOW)
    assert owed(people.acting(leader)) == ["support.answer"]
    assert owed(bureau) == []


def test_assign_when_handed_on_in_time_then_the_deadline_stays(here, headquarters, bureau):
    leader = here.holder("area_leader")
    difficulty = brought_to(State.ASSIGNED, here)
    given = operations.assign(
        difficulty.id, Assignee(user_id=leader.id), actor=headquarters, now=NOW + 3 * HOUR
    )
    assert given.due_at == difficulty.due_at
    assert owed(bureau, now=NOW + 3 * HOUR) == []
    assert owed(people.acting(leader), now=NOW + 3 * HOUR) == ["support.answer"]


def test_assign_when_handed_on_after_the_deadline_then_a_new_clock_runs(here, headquarters):
    difficulty = brought_to(State.ASSIGNED, here)
    late = NOW + 10 * DAY
    given = operations.assign(difficulty.id, Assignee(body="headquarters"), actor=headquarters, now=late)
    assert given.due_at is not None
    assert given.due_at > late


def test_assign_when_the_park_reviewer_has_the_area_then_allowed_and_elsewhere_not_seen(here):
    difficulty = raised(here)
    reviewer = here.person("reviewer_park")
    elsewhere = people.park(here.authority, "park-b", name="乙园区")
    stranger = people.acting(people.holder(here.authority, "reviewer_park", area=elsewhere))
    with pytest.raises(NotFound):
        operations.assign(difficulty.id, Assignee(body=BUREAU), actor=stranger, now=NOW)
    operations.assign(difficulty.id, Assignee(body=BUREAU), actor=reviewer, now=NOW)


def test_assign_when_to_nobody_an_unknown_office_or_a_wrong_person_then_refused(here, headquarters):
    difficulty = raised(here)
    left = here.holder("reviewer_department")
    accounts.leave(left, actor=people.system(here.authority), now=NOW)
    refused = [
        Assignee(),
        Assignee(body="no_such_office"),
        Assignee(user_id=here.holder("instructor").id),
        Assignee(user_id=left.id),
    ]
    for to in refused:
        with pytest.raises(Invalid):
            operations.assign(difficulty.id, to, actor=headquarters, now=NOW)
    with acting_for((south := place("south")).authority.id):
        stranger = south.holder("reviewer_department")
    with pytest.raises(NotFound):
        operations.assign(difficulty.id, Assignee(user_id=stranger.id), actor=headquarters, now=NOW)
    difficulty.refresh_from_db()
    assert (difficulty.state, audited("assign")) == (State.RAISED, 0)


# Answering


def test_answer_when_given_then_the_enterprise_owes_its_word(here, bo, bureau):
    difficulty = brought_to(State.ASSIGNED, here)
    answered = operations.answer(difficulty.id, " The pass is issued. ", actor=bureau, now=NOW + HOUR)
    assert answered.state == State.ANSWERED
    assert answered.due_at == datetime(2022, 5, 3, tzinfo=LOCAL)
    assert owed(bureau) == []
    assert owed(bo, now=NOW + HOUR) == ["support.close"]
    event = DifficultyEvent.objects.get(difficulty=difficulty, step=Step.ANSWER)
    assert (event.note, event.by_name) == ("The pass is issued.", bureau.name)
    assert (audited("answer"), told(facts.DIFFICULTY_ANSWERED)) == (1, 1)


def test_answer_when_it_is_somebody_elses_then_refused(here, headquarters, bureau):
    leader = here.holder("area_leader")
    difficulty = raised(here)
    operations.assign(difficulty.id, Assignee(user_id=leader.id), actor=headquarters, now=NOW)
    with pytest.raises(NotPermitted):
        operations.answer(difficulty.id, "Done.", actor=bureau, now=NOW)
    operations.answer(difficulty.id, "Done.", actor=people.acting(leader), now=NOW)


def test_answer_when_nothing_is_said_then_refused(here, bureau):
    difficulty = brought_to(State.ASSIGNED, here)
    with pytest.raises(Invalid):
        operations.answer(difficulty.id, "  ", actor=bureau, now=NOW + HOUR)
    assert owed(bureau, now=NOW + HOUR) == ["support.answer"]


def test_answer_when_two_answer_at_once_then_the_second_is_told_so(here, bureau):
    difficulty = brought_to(State.ASSIGNED, here)
    operations.answer(difficulty.id, "Done.", actor=bureau, now=NOW + HOUR)
    with pytest.raises(Conflict):
        operations.answer(difficulty.id, "Done too.", actor=bureau, now=NOW + HOUR)
    assert audited("answer") == 1


# Closing


def test_solve_when_the_enterprise_says_so_then_closed_and_nobody_owes_anything(here, bo, bureau):
    difficulty = brought_to(State.ANSWERED, here)
    closed = operations.confirm_solved(difficulty.id, actor=bo, now=NOW + DAY, note="Thank you.")
    assert (closed.state, closed.closed_at, closed.due_at) == (State.SOLVED, NOW + DAY, None)
    assert owed(bo, now=NOW + DAY) == owed(bureau, now=NOW + DAY) == []
    assert (audited("confirm_solved"), told(facts.DIFFICULTY_SOLVED)) == (1, 1)


def test_send_back_when_not_solved_then_whoever_had_it_owes_again_by_a_new_clock(here, bo, bureau):
    difficulty = brought_to(State.ANSWERED, here)
    later = NOW + 5 * DAY
    back = operations.send_back(difficulty.id, "The pass is for the wrong lorry.", actor=bo, now=later)
    assert (back.state, back.rounds, back.body) == (State.ASSIGNED, 1, BUREAU)
    assert back.due_at is not None
    assert back.due_at > later
    assert owed(bureau, now=later) == ["support.answer"]
    assert owed(bo, now=later) == []
    operations.answer(difficulty.id, "A new pass.", actor=bureau, now=later)
    assert operations.confirm_solved(difficulty.id, actor=bo, now=later).state == State.SOLVED
    assert (audited("send_back"), told(facts.DIFFICULTY_SENT_BACK)) == (1, 1)


def test_send_back_when_nothing_is_said_then_refused(here, bo):
    difficulty = brought_to(State.ANSWERED, here)
    with pytest.raises(Invalid):
        operations.send_back(difficulty.id, "", actor=bo, now=NOW + DAY)


@pytest.mark.parametrize("role", ["instructor", "reviewer_department", "reviewer_headquarters", "commander"])
def test_close_when_by_anybody_but_the_enterprise_then_refused(here, role):
    difficulty = brought_to(State.ANSWERED, here)
    somebody = here.person(role)
    with pytest.raises(NotPermitted):
        operations.confirm_solved(difficulty.id, actor=somebody, now=NOW + DAY)
    with pytest.raises(NotPermitted):
        operations.send_back(difficulty.id, "No.", actor=somebody, now=NOW + DAY)
    with pytest.raises(NotPermitted):
        operations.withdraw(difficulty.id, actor=somebody, now=NOW + DAY)
    difficulty.refresh_from_db()
    assert difficulty.state == State.ANSWERED


@pytest.mark.parametrize("state", [State.RAISED, State.ASSIGNED, State.ANSWERED])
def test_withdraw_when_open_then_closed_and_nobody_owes_anything(here, bo, bureau, headquarters, state):
    difficulty = brought_to(state, here)
    taken_back = operations.withdraw(difficulty.id, actor=bo, now=NOW + DAY)
    assert (taken_back.state, taken_back.due_at) == (State.WITHDRAWN, None)
    assert [owed(who, now=NOW + DAY) for who in (bo, bureau, headquarters)] == [[], [], []]
    assert (audited("withdraw"), told(facts.DIFFICULTY_WITHDRAWN)) == (1, 1)


# What the state forbids, for each step


def _try(step: Step, difficulty: Difficulty, here: Place) -> None:
    bo, hq, bureau = map(here.person, ("enterprise_contact", "reviewer_headquarters", "reviewer_department"))
    later, key = NOW + DAY, difficulty.id
    acts = {
        Step.ASSIGN: lambda: operations.assign(key, Assignee(body=BUREAU), actor=hq, now=later),
        Step.ANSWER: lambda: operations.answer(key, "Done.", actor=bureau, now=later),
        Step.SOLVE: lambda: operations.confirm_solved(key, actor=bo, now=later),
        Step.SEND_BACK: lambda: operations.send_back(key, "No.", actor=bo, now=later),
        Step.WITHDRAW: lambda: operations.withdraw(key, actor=bo, now=later),
    }
    acts[step]()


FORBIDDEN = [
    (State.RAISED, Step.ANSWER),
    (State.RAISED, Step.SOLVE),
    (State.RAISED, Step.SEND_BACK),
    (State.ASSIGNED, Step.SOLVE),
    (State.ASSIGNED, Step.SEND_BACK),
    (State.ANSWERED, Step.ASSIGN),
    (State.ANSWERED, Step.ANSWER),
    *((state, step) for state in (State.SOLVED, State.WITHDRAWN) for step in Step if step != Step.RAISE),
]


@pytest.mark.parametrize(("state", "step"), FORBIDDEN)
def test_step_when_the_difficulty_has_moved_on_then_conflict_and_nothing_is_written(here, state, step):
    difficulty = brought_to(state, here)
    before = (AuditEntry.objects.count(), Fact.objects.count(), steps(difficulty))
    with pytest.raises(Conflict):
        _try(step, difficulty, here)
    difficulty.refresh_from_db()
    assert difficulty.state == state
    # The persons of `_try` are new, and making them is audited; of support nothing was.
    assert steps(difficulty) == before[2]
    assert Fact.objects.count() == before[1]


def test_steps_when_of_another_authority_then_it_does_not_exist(here, bo):
    difficulty = brought_to(State.ANSWERED, here)
    other = place("south")
    with acting_for(other.authority.id):
        contact = other.person("enterprise_contact")
    with pytest.raises(NotFound):
        operations.confirm_solved(difficulty.id, actor=contact, now=NOW + DAY)
