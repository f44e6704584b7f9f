"""The visit that is owed goes with the responsibility for the enterprise."""

from dataclasses import replace
from datetime import timedelta

from fugong.accounts import operations as accounts
from fugong.accounts.models import Assignment, User
from fugong.core.actor import system_actor
from fugong.core.facts import deliver_due
from fugong.duties.choices import LEAD
from fugong.duties.models import Duty
from fugong.reactions import REACTIONS
from fugong.resumption.choices import REVIEW_HEADQUARTERS, REVIEW_PARK, ApplicationState, DutyKind
from fugong.resumption.queries.terms import terms_of
from fugong.resumption.queries.visits import awaits_visit
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

LATER = NOW + timedelta(minutes=5)


def owed_by(at: Ground) -> set[object]:
    open_visits = Duty.objects.open().filter(kind=DutyKind.VISIT)
    return {duty.owner_user_id or duty.owner_permission for duty in open_visits}


def clerk(at: Ground):
    return replace(system_actor(at.authority.id, "clerk"), permissions=frozenset({"responsibility.assign"}))


def deliver(at: Ground) -> None:
    deliver_due(REACTIONS, authorities=[at.authority.id], now=LATER, limit=10)


def test_hand_over_when_a_visit_is_owed_then_the_successor_owes_it_by_the_same_deadline(at):
    application = making.submitted(at)
    before = owed_by(at)
    successor = making.person(at, "instructor", name="successor")
    assert before == {at.instructor.user_id}
    spare = User.objects.get(id=str(successor.user_id))
    assignment = Assignment.objects.get(user_id=str(at.instructor.user_id))
    own = Assignment.objects.get(user_id=str(successor.user_id))
    accounts.end_assignment(own, ends_on=TODAY, actor=clerk(at), now=NOW)
    accounts.hand_over(assignment, to=spare, starts_on=TODAY, actor=clerk(at), now=NOW)
    deliver(at)
    assert owed_by(at) == {successor.user_id}
    duty = Duty.objects.open().get(kind=DutyKind.VISIT)
    assert duty.due_at == making.due_of(application)
    assert [call.permission for call in duty.calls] == [REVIEW_HEADQUARTERS, LEAD]


def test_end_assignment_when_nobody_follows_then_the_park_owes_it(at):
    making.submitted(at)
    assignment = Assignment.objects.get(user_id=str(at.instructor.user_id))
    accounts.end_assignment(assignment, ends_on=TODAY, actor=clerk(at), now=NOW)
    deliver(at)
    assert owed_by(at) == {REVIEW_PARK}


def test_end_assignment_when_the_visit_is_passed_then_nobody_owes_one(at):
    application = making.submitted(at)
    making.visited(at, application)
    assignment = Assignment.objects.get(user_id=str(at.instructor.user_id))
    accounts.end_assignment(assignment, ends_on=TODAY, actor=clerk(at), now=NOW)
    deliver(at)
    assert owed_by(at) == set()


def test_end_assignment_when_told_twice_then_it_is_owed_once(at):
    making.submitted(at)
    assignment = Assignment.objects.get(user_id=str(at.instructor.user_id))
    accounts.end_assignment(assignment, ends_on=TODAY, actor=clerk(at), now=NOW)
    deliver(at)
    deliver(at)
    assert Duty.objects.open().filter(kind=DutyKind.VISIT).count() == 1


def test_end_assignment_when_a_commitment_awaits_its_visit_then_it_is_owed_anew_and_can_be_made(at):
    making.in_force(at, making.commitment())
    application = making.submitted(at)
    assert application.state == ApplicationState.APPROVED
    assert owed_by(at) == {at.instructor.user_id}
    assignment = Assignment.objects.get(user_id=str(at.instructor.user_id))
    accounts.end_assignment(assignment, ends_on=TODAY, actor=clerk(at), now=NOW)
    deliver(at)
    assert owed_by(at) == {REVIEW_PARK}
    duty = Duty.objects.open().get(kind=DutyKind.VISIT)
    assert (duty.due_at, len(duty.calls)) == (making.due_of(application), 2)
    terms = terms_of(application, today=TODAY)
    assert awaits_visit(application, terms)
    making.visited(at, application, actor=at.park)
    assert not awaits_visit(application, terms)
    assert owed_by(at) == set()
