"""The rolls of a day: who stands on them, whose they are, what a second run changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fugong.accounts.models import User
from fugong.core.actor import system_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties import operations as duties
from fugong.duties.choices import Outcome
from fugong.duties.models import Duty, Entry
from fugong.enterprises.choices import StandingState
from fugong.people import operations
from fugong.people.models import Crew, Employment, Person
from fugong.people.operations import Leader, Opened
from fugong.playbooks.rules.conditions import Condition
from tests.accounts import making as accounts
from tests.people import making
from tests.people.making import NOW, TODAY
from tests.people.playbooks import REPORT, TEST, at_work, in_force

LATER = NOW + timedelta(minutes=10)
PERIOD = "2022-04-27"


def hire(enterprise: Any, name: str = "李伟", *, now: Any = NOW, **work: Any) -> Person:
    system = system_actor(enterprise.authority_id, "set-up")
    return operations.register(
        making.data(name=name), making.job(enterprise.id, **work), actor=system, now=now
    )


def opened(at: Any, *, day: date = TODAY, now: Any = LATER) -> Opened:
    return operations.open_rolls(at.authority.id, day, now)


def rolls() -> dict[str, tuple[int, int]]:
    return {
        duty.subject_label.split("·")[-1].strip(): (duty.done, duty.expected) for duty in Duty.objects.rolls()
    }


def tick(person: Person, *, period: str = PERIOD, kind: str = REPORT, now: Any = LATER) -> bool:
    with operation("tests.report", actor=system_actor(person.authority_id, "set-up"), now=now) as op:
        op.audit(None, {})
        return duties.tick(kind=kind, subject_id=person.id, period=period, at=now, op=op)


@pytest.fixture
def working(at):
    in_force(at.authority)
    at_work(at.firm)
    return at


def test_open_rolls_when_people_work_in_crews_then_one_roll_for_each(working):
    hire(working.firm, "李伟", crew="甲班"), hire(working.firm, "王芳", crew="甲班")
    hire(working.firm, "赵敏", crew="乙班"), hire(working.firm, "孙力", crew="")
    assert opened(working) == Opened(added=4)
    assert rolls() == {"甲班": (0, 2), "乙班": (0, 1), working.firm.name: (0, 1)}
    duty = Duty.objects.rolls().get(subject_label__endswith="甲班")
    crew = Crew.objects.get(name="甲班")
    assert (duty.subject_kind, duty.subject_id) == ("crew", crew.id)
    assert (duty.owner_enterprise_id, duty.owner_area_id) == (working.firm.id, working.park.id)
    assert duty.roll_enterprise_id == working.firm.id
    assert (duty.period, duty.due_at.hour) == (PERIOD, 4)  # 12:00 in China


def test_open_rolls_when_run_again_then_nothing_changes_and_nothing_is_recorded(working):
    hire(working.firm)
    opened(working)
    before = AuditEntry.objects.count()
    assert opened(working) == Opened()
    assert AuditEntry.objects.count() == before


def test_open_rolls_when_somebody_comes_then_only_that_one_is_added(working):
    hire(working.firm)
    opened(working)
    hire(working.firm, "王芳", now=LATER)
    assert opened(working) == Opened(added=1)
    assert rolls() == {"甲班": (0, 2)}


def test_open_rolls_when_enterprises_stand_still_then_their_people_owe_nothing(working):
    hire(working.neighbour)
    assert opened(working) == Opened()


def test_open_rolls_when_an_enterprise_stops_then_its_people_are_taken_off(working):
    hire(working.firm)
    opened(working)
    at_work(working.firm, state=StandingState.SUSPENDED, now=LATER)
    assert opened(working) == Opened(withdrawn=1)
    assert Duty.objects.rolls().get().outcome is Outcome.WITHDRAWN


def test_open_rolls_when_somebody_leaves_then_the_line_is_withdrawn(working):
    leaver, stays = hire(working.firm, "李伟"), hire(working.firm, "王芳")
    opened(working)
    tick(stays)
    operations.end_employment(leaver.id, on=TODAY, actor=working.ann, now=LATER)
    assert opened(working) == Opened(withdrawn=1)
    assert Duty.objects.rolls().get().outcome is Outcome.DONE


def test_open_rolls_when_somebody_leaves_after_the_deadline_then_it_stays_missed(working):
    leaver = hire(working.firm)
    opened(working)
    evening = NOW + timedelta(hours=8)
    operations.end_employment(leaver.id, on=TODAY, actor=working.ann, now=evening)
    assert opened(working, now=evening) == Opened()
    assert Entry.objects.get().outcome is Outcome.OPEN


def test_open_rolls_when_somebody_moves_then_the_line_moves_too(working):
    at_work(working.neighbour)
    mover = hire(working.firm)
    opened(working)
    operations.employ(
        mover.id,
        making.job(working.neighbour.id, starts_on=TODAY, crew="丙班"),
        actor=working.ann,
        now=LATER,
    )
    assert opened(working) == Opened(added=1, withdrawn=1)
    assert rolls() == {"甲班": (0, 0), "丙班": (0, 1)}


def test_open_rolls_when_the_mover_has_reported_then_it_counts_where_it_was(working):
    at_work(working.neighbour)
    mover = hire(working.firm)
    opened(working)
    tick(mover)
    operations.employ(
        mover.id, making.job(working.neighbour.id, starts_on=TODAY), actor=working.ann, now=LATER
    )
    assert opened(working) == Opened()
    assert rolls() == {"甲班": (1, 1)}


def test_open_rolls_when_hired_after_the_deadline_then_not_asked_for_it(working):
    hire(working.firm, now=NOW + timedelta(hours=3))
    assert opened(working, now=NOW + timedelta(hours=4)) == Opened()


def test_open_rolls_when_nothing_ran_before_the_deadline_then_what_was_missed_is_there(working):
    hire(working.firm)
    assert opened(working, now=NOW + timedelta(days=1)) == Opened(added=1)


def test_open_rolls_when_no_playbook_is_in_force_then_none(at):
    at_work(at.firm)
    hire(at.firm)
    assert opened(at) == Opened()


def test_open_rolls_when_of_another_authority_then_its_people_are_not_looked_at(working):
    hire(working.firm)
    other = accounts.authority("south")
    assert operations.open_rolls(other.id, TODAY, LATER) == Opened()


def test_cadence_when_twice_a_day_then_a_roll_for_each_and_the_later_not_yet_shown(at):
    in_force(at.authority, {"due_at": "", "at_times": "[09:00:00, 14:00:00]"})
    at_work(at.firm, now=NOW - timedelta(days=1))
    person = hire(at.firm, now=NOW - timedelta(days=1))
    assert opened(at, now=NOW - timedelta(hours=8)) == Opened(added=2)
    assert tick(person, period="2022-04-27T09:00")
    assert {(duty.period, duty.done) for duty in Duty.objects.rolls()} == {
        ("2022-04-27T09:00", 1),
        ("2022-04-27T14:00", 0),
    }


def test_cadence_when_by_class_then_the_first_that_holds_counts(at):
    drivers = {"who": "'post == \"司机\"'", "due_at": "", "at_times": "[09:00:00, 14:00:00]"}
    in_force(at.authority, drivers, {"every": "3"})
    at_work(at.firm, now=NOW - timedelta(days=1))
    for post in ("司机", "缝纫", "缝纫"):
        hire(at.firm, f"李{post}", post=post, now=NOW - timedelta(days=1))
    assert opened(at) == Opened(added=4)
    assert opened(at) == Opened()
    periods = sorted(Entry.objects.values_list("period", flat=True))
    assert periods == ["2022-04-27", "2022-04-27", "2022-04-27T09:00", "2022-04-27T14:00"]


def test_cadence_when_many_are_alike_then_each_set_of_facts_is_judged_once(at, monkeypatch):
    in_force(at.authority, {"who": "'post == \"司机\"'"})
    at_work(at.firm)
    for number in range(8):
        hire(at.firm, f"李{number}号", post="司机" if number % 2 else "缝纫", room=str(number))
    asked, holds = [], Condition.holds

    def counted(self: Condition, facts: Any) -> bool:
        asked.append(facts)
        return holds(self, facts)

    monkeypatch.setattr(Condition, "holds", counted)
    assert opened(at) == Opened(added=4)
    assert len(asked) == 2


def test_cadence_when_a_share_suffices_then_one_roll_of_the_enterprise(at):
    share = {"duty": f'"{TEST}"', "every": "7", "due_at": "", "share_percent": "10", "at_least": "1"}
    in_force(at.authority, share)
    at_work(at.firm)
    people = [hire(at.firm, f"李{number}号", crew=f"{number % 3}班") for number in range(12)]
    assert opened(at) == Opened(added=12)
    assert rolls() == {at.firm.name: (0, 2)}
    period = Duty.objects.rolls().get().period
    assert all(tick(each, period=period, kind=TEST) for each in people[:2])
    assert Duty.objects.rolls().get().outcome is Outcome.DONE
    assert opened(at, day=TODAY + timedelta(days=1)) == Opened()


def test_cadence_when_it_has_a_clock_then_silence_calls(at):
    in_force(at.authority, {"clock": '"answer"', "remind_minutes_before": "[60]"})
    at_work(at.firm)
    hire(at.firm)
    opened(at)
    duty = Duty.objects.rolls().get()
    assert duty.calls
    assert duty.escalates_at is not None
    assert duty.reminds_at == duty.due_at - timedelta(minutes=60)


@pytest.mark.parametrize(
    ("keys", "before"),
    [
        ({}, timedelta(hours=4)),
        ({"remind_minutes_before": "[60]"}, timedelta(minutes=60)),
        ({"opens_minutes_before": "120"}, None),
        ({"clock": ""}, None),
    ],
)
def test_cadence_when_its_clock_warns_then_reminded_unless_it_says_itself_when(at, keys, before):
    """The clock warns four hours before: not of a turn that opens only then."""
    in_force(at.authority, {"clock": '"answer"', "due_at": "18:00:00"} | keys)
    at_work(at.firm)
    hire(at.firm)
    opened(at)
    duty = Duty.objects.rolls().get()
    assert duty.reminds_at == (duty.due_at - before if before else None)


def user(at: Any, name: str = "liang", **changes: Any) -> User:
    return User.objects.create(
        authority=at.authority, username=name, name=name.title(), added_at=NOW, **changes
    )


def appoint(at: Any, leader: Leader, *, crew: str = "甲班", **changes: Any) -> Crew:
    terms = {"actor": at.ann, "now": LATER} | changes
    return operations.appoint_crew_leader(at.firm.id, crew, leader=leader, **terms)


def test_leader_when_appointed_then_open_and_coming_rolls_are_owed_by_the_leader(working):
    hire(working.firm)
    opened(working)
    leader = user(working)
    crew = appoint(working, Leader(user_id=leader.id))
    assert Duty.objects.rolls().get().owner_user_id == leader.id
    assert (crew.appointed_at, crew.appointed_by, crew.appointed_by_name) == (
        LATER,
        working.ann.user_id,
        "Ann",
    )
    opened(working, day=TODAY + timedelta(days=1), now=LATER + timedelta(days=1))
    owners = {duty.owner_user_id for duty in Duty.objects.rolls()}
    assert owners == {leader.id}
    said = AuditEntry.objects.get(action="people.appoint_crew_leader").changes
    assert said["leader"] == [None, str(leader.id)]
    assert said["rolls"] == 1


def test_leader_when_dismissed_then_the_enterprise_owes_them_again(working):
    hire(working.firm)
    appoint(working, Leader(user_id=user(working).id))
    opened(working)
    operations.dismiss_crew_leader(working.firm.id, "甲班", actor=working.bo, now=LATER)
    duty = Duty.objects.rolls().get()
    assert (duty.owner_user_id, duty.owner_enterprise_id) == (None, working.firm.id)
    with pytest.raises(Conflict):
        operations.dismiss_crew_leader(working.firm.id, "甲班", actor=working.bo, now=LATER)


def test_leader_when_the_account_is_closed_then_the_enterprise_owes_the_rolls(working):
    hire(working.firm)
    leader = user(working)
    appoint(working, Leader(user_id=leader.id))
    User.objects.filter(id=leader.id).update(is_active=False)
    opened(working)
    assert Duty.objects.rolls().get().owner_enterprise_id == working.firm.id


def test_leader_when_a_person_of_the_ledger_then_the_enterprise_owes_the_rolls(working):
    person = hire(working.firm)
    crew = appoint(working, Leader(person_id=person.id))
    opened(working)
    assert crew.leader_person_id == person.id
    assert Duty.objects.rolls().get().owner_enterprise_id == working.firm.id


def test_leader_when_not_of_the_enterprise_then_refused(working):
    stranger = hire(working.neighbour)
    with pytest.raises(Invalid) as refused:
        appoint(working, Leader(person_id=stranger.id))
    assert refused.value.code == "not_of_enterprise"


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda at: appoint(at, Leader(user_id=new_id())), NotFound),
        (lambda at: appoint(at, Leader(user_id=user(at, is_active=False).id)), Conflict),
        (lambda at: appoint(at, Leader(user_id=user(at).id), crew=" "), Invalid),
        (lambda at: appoint(at, Leader(user_id=user(at).id), actor=making.contact(at.far)), NotFound),
        (
            lambda at: appoint(
                at, Leader(user_id=user(at).id), actor=_without(making.keeper(at.park), "people.register")
            ),
            NotPermitted,
        ),
    ],
)
def test_leader_when_it_cannot_be_then_refused_and_no_crew_is_kept(working, act, refusal):
    with pytest.raises(refusal):
        act(working)
    assert not Crew.objects.exists()


def _without(actor: Any, permission: str) -> Any:
    return replace(actor, permissions=actor.permissions - {permission})


def test_employments_when_the_crew_is_named_anew_then_the_line_follows(working):
    person = hire(working.firm)
    opened(working)
    Employment.objects.filter(person=person).update(crew="乙班")
    assert opened(working) == Opened(added=1, withdrawn=1)
    assert rolls() == {"甲班": (0, 0), "乙班": (0, 1)}
