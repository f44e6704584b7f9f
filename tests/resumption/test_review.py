"""Opinions, gathered and decided; approval with everything that follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.decisions.models import DecisionRecord
from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from fugong.enterprises.choices import StandingState, Tag
from fugong.enterprises.models import Standing, StandingEvent
from fugong.resumption import facts
from fugong.resumption import operations as ops
from fugong.resumption.choices import (
    ApplicationState,
    CheckResult,
    DutyKind,
    OpinionKind,
    PointKind,
    Side,
    StepState,
)
from fugong.resumption.models import Application, Certificate, Condition, Remark, Step
from fugong.resumption.operations import Finding
from fugong.resumption.queries.applications import list_events, list_ready, side_times
from fugong.resumption.queries.terms import plan_of, terms_of
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

POINT = ops.Point(PointKind.PAPER, "control_plan", "Chapter 3 is missing")


def opinion(at: Ground, application: Application, step: str, kind: OpinionKind, **more: Any) -> Application:
    said = ops.Opinion(step, kind, more.pop("note", ""), more.pop("points", ()))
    role = {"territory": "park", "department": "department", "headquarters": "headquarters"}[step]
    return ops.give_opinion(application.id, said, actor=at.people[role], now=more.pop("now", NOW), **more)


def states(application: Application) -> list[str]:
    rows = Step.objects.filter(application=application, round=1).order_by("position")
    return [row.state for row in rows]


def state(application: Application) -> str:
    return Application.objects.get(id=application.id).state


def test_agree_when_the_first_of_two_then_nothing_else_opens(at):
    application = making.submitted(at)
    making.visited(at, application)
    making.agreed(at, application, "territory")
    assert states(application) == [StepState.AGREED, StepState.OPEN, StepState.WAITING]
    assert state(application) == ApplicationState.SUBMITTED
    step = Step.objects.get(application=application, key="territory")
    assert (step.decided_by_id, step.decided_by_name) == (at.park.user_id, at.park.name)


def test_agree_when_both_have_then_the_headquarters_is_asked(at):
    application = making.before_decision(at)
    assert states(application) == [StepState.AGREED, StepState.AGREED, StepState.OPEN]
    duty = Duty.objects.open().get(kind=DutyKind.OPINION)
    assert duty.owner_permission == "applications.review.headquarters"
    assert duty.due_at == application.due_at, "a step never gets longer than the application"


def test_agree_when_the_step_has_the_visit_and_nobody_was_there_then_refused(at):
    application = making.submitted(at)
    with pytest.raises(Conflict) as refusal:
        making.agreed(at, application, "territory")
    assert refusal.value.code == "not_verified"
    making.agreed(at, application, "department")


def test_agree_when_it_is_the_last_step_then_approve_is_meant(at):
    application = making.before_decision(at)
    with pytest.raises(Conflict) as refusal:
        opinion(at, application, "headquarters", OpinionKind.AGREE)
    assert refusal.value.code == "last_step"


def test_return_when_the_other_has_not_spoken_then_it_waits_for_all_corrections(at):
    application = making.submitted(at)
    opinion(at, application, "territory", OpinionKind.RETURN, points=[POINT])
    assert state(application) == ApplicationState.SUBMITTED
    second = ops.Point(PointKind.ITEM, "ten_in_place", "Photos of the dormitory")
    opinion(at, application, "department", OpinionKind.RETURN, points=[second], note="Two things")
    assert state(application) == ApplicationState.RETURNED
    assert set(Remark.objects.values_list("key", "text")) == {
        ("control_plan", "Chapter 3 is missing"),
        ("ten_in_place", "Photos of the dormitory"),
    }
    assert states(application) == [StepState.RETURNED, StepState.RETURNED, StepState.SKIPPED]
    correct = Duty.objects.open().get()
    assert (correct.kind, correct.owner_enterprise_id) == (DutyKind.CORRECT, at.enterprise.id)
    assert Fact.objects.filter(name=facts.APPLICATION_RETURNED).count() == 1


def test_return_when_decided_then_the_decision_names_each_point(at):
    application = making.submitted(at)
    making.agreed(at, application, "department")
    opinion(at, application, "territory", OpinionKind.RETURN, points=[POINT])
    record = DecisionRecord.objects.get(kind="resumption.application")
    assert record.outcome == "returned"
    said = {(reason["rule"], reason["satisfied"]) for reason in record.reasons}
    assert {
        ("routes.above_size.when", True),
        ("step.department", True),
        ("step.territory", False),
        ("point.paper", False),
    } <= said
    assert {ref["kind"] for ref in record.evidence} >= {"answers", "file.paper", "letter"}
    assert record.playbook_version == "1"


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([], "points_missing"),
        ([ops.Point(PointKind.PAPER, "passport", "bring it")], "not_on_the_list"),
        ([ops.Point(PointKind.PAPER, "staff_list", "bring it")], "not_on_the_list"),
        ([ops.Point(PointKind.ITEM, "six_in_place", "do it")], "not_on_the_list"),
        ([ops.Point(PointKind.PAPER, "control_plan", "  ")], "point_empty"),
    ],
)
def test_return_when_nothing_or_something_unheard_of_is_asked_then_refused(at, points, code):
    application = making.submitted(at)
    with pytest.raises(Invalid) as refusal:
        opinion(at, application, "territory", OpinionKind.RETURN, points=points)
    assert refusal.value.code == code
    assert states(application) == [StepState.OPEN, StepState.OPEN, StepState.WAITING]
    assert not Remark.objects.exists()


def test_refuse_when_without_a_reason_then_not_taken(at):
    application = making.submitted(at)
    with pytest.raises(Invalid) as refusal:
        opinion(at, application, "department", OpinionKind.REFUSE, note=" ")
    assert refusal.value.code == "reason_missing"


def test_refuse_when_all_have_spoken_then_closed_with_its_reasons(at):
    application = making.submitted(at)
    making.visited(at, application)
    opinion(at, application, "department", OpinionKind.REFUSE, note="The line is on the list of closures")
    making.agreed(at, application, "territory")
    stored = Application.objects.get(id=application.id)
    assert (stored.state, stored.decided_at) == (ApplicationState.REFUSED, NOW)
    record = making.decision_of(stored)
    assert record.outcome == "refused"
    assert not Duty.objects.open().exists()
    assert Standing.objects.get(enterprise=at.enterprise).state == StandingState.NOT_RESUMED
    assert Fact.objects.filter(name=facts.APPLICATION_REFUSED).count() == 1
    assert making.drafted(at).number == "A2022-0002", "it may apply anew"


def test_approve_when_the_last_agrees_then_everything_stands(at):
    application = making.approved(at)
    stored = Application.objects.get(id=application.id)
    certificate = Certificate.objects.get()
    event = StandingEvent.objects.get()
    assert (stored.state, stored.decided_at) == (ApplicationState.APPROVED, NOW)
    assert certificate.decision_id == event.decision_id == stored.decision_id
    assert Fact.objects.filter(name=facts.APPLICATION_APPROVED).count() == 1
    assert not Duty.objects.open().exists()
    assert AuditEntry.objects.filter(action="resumption.approve").exists()
    record = making.decision_of(stored)
    rules = [reason["rule"] for reason in record.reasons]
    assert rules == [
        "routes.above_size.when",
        "visit",
        "step.territory",
        "step.department",
        "step.headquarters",
    ]
    assert "visit" in {ref["kind"] for ref in record.evidence}


def test_approve_when_conditions_are_set_then_each_is_owed_until_somebody_confirms_it(at):
    application = making.before_decision(at)
    conditions = [
        ops.ConditionData("Crews apart", TODAY + timedelta(days=3), "small_unit"),
        ops.ConditionData("Own words"),
    ]
    ops.approve(
        application.id,
        ops.Approval("headquarters", "Well prepared", conditions),
        actor=at.headquarters,
        now=NOW,
    )
    first, second = Condition.objects.order_by("position")
    assert (first.key, second.text) == ("small_unit", "Own words")
    duty = Duty.objects.open().get()
    assert (duty.kind, duty.subject_id) == (DutyKind.CONDITION, first.id)
    with pytest.raises(NotPermitted):
        ops.confirm_condition(application.id, first.id, actor=at.contact, now=NOW)
    ops.confirm_condition(application.id, first.id, actor=at.instructor, now=NOW, note="seen")
    assert not Duty.objects.open().exists()
    with pytest.raises(Conflict):
        ops.confirm_condition(application.id, first.id, actor=at.instructor, now=NOW)
    with pytest.raises(NotFound):
        ops.confirm_condition(application.id, application.id, actor=at.instructor, now=NOW)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (ops.ConditionData(" "), "condition_empty"),
        (ops.ConditionData("text", key="unheard_of"), "condition_unknown"),
    ],
)
def test_approve_when_a_condition_cannot_be_then_nothing_is_approved(at, condition, code):
    application = making.before_decision(at)
    with pytest.raises(Invalid) as refusal:
        ops.approve(
            application.id,
            ops.Approval("headquarters", conditions=[condition]),
            actor=at.headquarters,
            now=NOW,
        )
    assert refusal.value.code == code
    assert states(application)[-1] == StepState.OPEN
    assert not Certificate.objects.exists()


def test_approve_when_the_playbook_wants_a_plan_then_at_least_one_condition(at):
    plan = "[enterprise_plan]\n"
    playbook = making.datong_with(('version = "1"', 'version = "2"'), (plan, f"{plan}is_required = true\n"))
    making.in_force(at, playbook)
    application = making.before_decision(at)
    with pytest.raises(Invalid) as refusal:
        ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=NOW)
    assert refusal.value.code == "plan_missing"


def test_approve_when_another_has_still_to_speak_then_refused(at):
    application = making.submitted(at)
    making.visited(at, application)
    with pytest.raises(Conflict) as refusal:
        ops.approve(application.id, ops.Approval("territory"), actor=at.park, now=NOW)
    assert refusal.value.code == "not_last_step"


@pytest.mark.parametrize("key", ["headquarters"])
def test_decide_when_its_turn_has_not_come_then_refused(at, key):
    application = making.submitted(at)
    with pytest.raises(Conflict) as refusal:
        opinion(at, application, key, OpinionKind.REFUSE, note="no")
    assert refusal.value.code == "step_waiting"


def test_decide_when_the_step_has_spoken_then_refused(at):
    application = making.submitted(at)
    making.agreed(at, application, "department")
    with pytest.raises(Conflict) as refusal:
        making.agreed(at, application, "department")
    assert refusal.value.code == "step_decided"


def test_approve_when_withdrawn_meanwhile_then_refused_and_nothing_written(at):
    application = making.before_decision(at)
    ops.withdraw(application.id, actor=at.contact, now=NOW)
    before = AuditEntry.objects.count()
    with pytest.raises(Conflict) as refusal:
        ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=NOW)
    assert refusal.value.code == "application_withdrawn"
    assert AuditEntry.objects.count() == before
    assert not Certificate.objects.exists()


def test_approve_when_the_page_is_old_then_refused(at):
    application = making.before_decision(at)
    with pytest.raises(Conflict) as refusal:
        ops.approve(
            application.id,
            ops.Approval("headquarters"),
            actor=at.headquarters,
            now=NOW,
            version=application.version - 1,
        )
    assert refusal.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("finding", "key", "code"),
    [
        (Finding(CheckResult.FAIL, note="none there"), "masks", "visit_failed"),
    ],
)
def test_approve_when_the_newest_visit_failed_then_refused_until_a_new_one_passes(at, finding, key, code):
    application = making.before_decision(at)
    making.visited(at, application, now=NOW + timedelta(hours=1), **{key: finding})
    later = NOW + timedelta(hours=2)
    with pytest.raises(Conflict) as refusal:
        ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=later)
    assert refusal.value.code == code
    making.visited(at, application, now=later)
    ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=later)


def test_approve_when_a_veto_check_failed_then_nobody_can_approve_over_it(at):
    veto = "[visit_checks.masks]\n"
    playbook = making.datong_with(('version = "1"', 'version = "2"'), (veto, f"{veto}is_veto = true\n"))
    making.in_force(at, playbook)
    application = making.before_decision(at)
    failed = Finding(CheckResult.FAIL, note="none there")
    making.visited(at, application, now=NOW + timedelta(hours=1), masks=failed)
    with pytest.raises(Conflict) as refusal:
        ops.approve(
            application.id, ops.Approval("headquarters"), actor=at.headquarters, now=NOW + timedelta(hours=2)
        )
    assert refusal.value.code == "vetoed"


@pytest.mark.parametrize(
    ("step", "role"),
    [
        ("territory", "department"),
        ("territory", "headquarters"),
        ("territory", "instructor"),
        ("department", "park"),
        ("department", "contact"),
        ("headquarters", "department"),
    ],
)
def test_decide_when_it_is_somebody_elses_step_then_not_permitted(at, step, role):
    application = making.before_decision(at) if step == "headquarters" else making.submitted(at)
    said = ops.Opinion(step, OpinionKind.REFUSE, "no")
    with pytest.raises(NotPermitted):
        ops.give_opinion(application.id, said, actor=at.people[role], now=NOW)


def test_decide_when_from_another_district_then_it_is_not_there(at):
    application = making.before_decision(at)
    elsewhere = making.ground("south")
    with pytest.raises(NotFound):
        ops.approve(application.id, ops.Approval("headquarters"), actor=elsewhere.headquarters, now=NOW)


def test_side_times_when_returned_and_given_back_then_each_side_has_its_own(at):
    application = making.submitted(at)
    opinion(at, application, "territory", OpinionKind.RETURN, points=[POINT])
    making.agreed(at, application, "department")
    ops.submit(application.id, actor=at.contact, now=NOW + timedelta(hours=5))
    used = side_times(list_events(application), now=NOW + timedelta(hours=7))
    assert used == {Side.ENTERPRISE: timedelta(hours=5), Side.AUTHORITY: timedelta(hours=2)}


FILING = [
    ('version = "1"', 'version = "2"'),
    ('mode = "approval"', 'mode = "filing"'),
    (
        'mode = { origin = "source", ref = ["E-15"] }',
        'mode = { origin = "national-default", ref = ["SC-1-2"] }',
    ),
]


def test_filing_when_nobody_objects_then_the_clock_accepts_it(at):
    making.in_force(at, making.datong_with(*FILING))
    application = making.submitted(at)
    assert ops.accept_unobjected(at.authority.id, now=making.due_of(application) - timedelta(seconds=1)) == 0
    assert ops.accept_unobjected(at.authority.id, now=making.due_of(application)) == 1
    assert ops.accept_unobjected(at.authority.id, now=making.due_of(application)) == 0
    assert state(application) == ApplicationState.APPROVED
    assert Certificate.objects.get().issued_on == date(2022, 4, 11)
    record = DecisionRecord.objects.get(kind="resumption.application")
    assert (record.actor_id, [reason["rule"] for reason in record.reasons][-1]) == (None, "filing")


def test_filing_when_somebody_objects_then_it_is_not_accepted(at):
    making.in_force(at, making.datong_with(*FILING))
    application = making.submitted(at)
    opinion(at, application, "territory", OpinionKind.REFUSE, note="It is on the list of closures")
    making.agreed(at, application, "department")
    assert ops.accept_unobjected(at.authority.id, now=making.due_of(application)) == 0
    assert state(application) == ApplicationState.REFUSED


@pytest.mark.parametrize(
    ("kind", "more", "outcome", "owed"),
    [
        (OpinionKind.REFUSE, {"note": "It is on the list"}, ApplicationState.REFUSED, []),
        (OpinionKind.RETURN, {"points": [POINT]}, ApplicationState.RETURNED, [DutyKind.CORRECT]),
    ],
)
def test_filing_when_one_of_two_objected_then_the_clock_does_not_accept_it(at, kind, more, outcome, owed):
    making.in_force(at, making.datong_with(*FILING))
    application = making.submitted(at)
    opinion(at, application, "territory", kind, **more)
    assert state(application) == ApplicationState.SUBMITTED, "the other one has still to speak"
    due = making.due_of(application)
    assert ops.accept_unobjected(at.authority.id, now=due) == 0
    assert ops.accept_unobjected(at.authority.id, now=due) == 0
    assert state(application) == outcome
    assert states(application)[1:] == [StepState.SKIPPED, StepState.SKIPPED]
    assert [duty.kind for duty in Duty.objects.open()] == owed
    record = DecisionRecord.objects.get(kind="resumption.application")
    assert "step.territory" in [reason["rule"] for reason in record.reasons]
    assert "filing" not in [reason["rule"] for reason in record.reasons]
    assert AuditEntry.objects.filter(action="resumption.close_objected").exists()
    assert not AuditEntry.objects.filter(action="resumption.accept_unobjected").exists()


def test_filing_when_the_newest_visit_was_not_passed_then_it_waits_for_a_person(at):
    making.in_force(at, making.datong_with(*FILING))
    application = making.submitted(at)
    making.visited(at, application, masks=Finding(CheckResult.FAIL, note="none there"))
    due = making.due_of(application)
    assert ops.accept_unobjected(at.authority.id, now=due) == 0
    assert (state(application), states(application)[0]) == (ApplicationState.SUBMITTED, StepState.OPEN)
    assert not AuditEntry.objects.filter(action="resumption.accept_unobjected").exists()
    making.visited(at, application, now=due)
    assert ops.accept_unobjected(at.authority.id, now=due) == 1


def test_commitment_when_signed_then_accepted_at_once_and_looked_at_afterwards(at):
    changes = [(before, after.replace("filing", "commitment")) for before, after in FILING]
    making.in_force(at, making.datong_with(*changes))
    application = making.submitted(at)
    assert state(application) == ApplicationState.APPROVED
    assert Standing.objects.get(enterprise=at.enterprise).state == StandingState.RESUMED
    assert Duty.objects.open().get().kind == DutyKind.VISIT
    making.visited(at, application, now=NOW + timedelta(days=1))
    assert not Duty.objects.open().exists()


def test_ready_when_only_the_last_opinion_is_missing_then_listed_most_urgent_first(at):
    plain = making.before_decision(at)
    urgent_at = making.with_instructor(making.another_enterprise(at, tags=(Tag.EPIDEMIC_ESSENTIAL,)))
    urgent = making.before_decision(urgent_at, now=NOW + timedelta(hours=1))
    making.submitted(making.another_enterprise(at), now=NOW + timedelta(hours=2))
    ready = list_ready(at.headquarters).order_by("priority_rank", "submitted_at")
    assert [row.id for row in ready] == [urgent.id, plain.id]


def test_ready_when_the_newest_visit_failed_then_not(at):
    application = making.before_decision(at)
    failed = Finding(CheckResult.FAIL, note="none there")
    making.visited(at, application, now=NOW + timedelta(hours=1), masks=failed)
    assert not list_ready(at.headquarters).exists()


def test_approve_when_a_plan_condition_is_not_for_this_enterprise_then_refused(at):
    """Neither one whose condition fails nor one whose regime is not in force."""
    grid = "[enterprise_plan.conditions.grid]\n"
    staggered = "[enterprise_plan.conditions.staggered]\n"
    making.in_force(
        at,
        making.with_regime(
            (grid, grid + "when = 'head_count > 100000'\n"),
            (staggered, staggered + 'regimes = ["wartime"]\n'),
        ),
    )
    application = making.before_decision(at)
    terms = terms_of(application, today=TODAY)
    assert [each.id for each in plan_of(terms)] == ["small_circulation", "small_unit", "vehicle_loop"]
    for key in ("grid", "staggered"):
        approval = ops.Approval("headquarters", conditions=[ops.ConditionData("text", key=key)])
        with pytest.raises(Invalid) as refusal:
            ops.approve(application.id, approval, actor=at.headquarters, now=NOW)
        assert refusal.value.code == "condition_unknown"


def test_return_when_a_paper_is_no_longer_in_force_then_it_may_not_be_asked_for(at):
    paper = "[papers.control_plan]\n"
    changes = ('version = "1"', 'version = "2"'), (paper, f"{paper}in_force_to = {TODAY}\n")
    making.in_force(at, making.datong_with(*changes))
    application = making.submitted(at)
    point = ops.Point(PointKind.PAPER, "control_plan", "Chapter 3 is missing")
    with pytest.raises(Invalid) as refusal:
        opinion(at, application, "territory", OpinionKind.RETURN, points=[point], now=NOW + timedelta(days=1))
    assert refusal.value.code == "not_on_the_list"
    opinion(at, application, "territory", OpinionKind.RETURN, points=[point])
