"""Handing an application over: route, clocks, steps, and everything that stops it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.clock import LOCAL, local_date
from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.duties.models import Duty
from fugong.resumption import facts
from fugong.resumption import operations as ops
from fugong.resumption.choices import ApplicationState, DutyKind, OpinionKind, PointKind, StepState
from fugong.resumption.models import Application, ApplicationEvent, Step
from fugong.resumption.queries.terms import terms_of
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

DUE = datetime(2022, 4, 11, 17, 30, tzinfo=LOCAL)
"""Two working days after Thursday the 7th."""


def returned(at: Ground, application: Application, *, now: datetime = NOW) -> Application:
    making.visited(at, application, now=now)
    point = ops.Point(PointKind.PAPER, "control_plan", "Chapter 3 is missing")
    opinion = ops.Opinion("territory", OpinionKind.RETURN, "See the plan", [point])
    ops.give_opinion(application.id, opinion, actor=at.park, now=now)
    making.agreed(at, application, "department", now=now)
    application.refresh_from_db()
    return application


def test_submit_when_something_is_missing_then_everything_missing_is_named_at_once(at):
    application = making.drafted(at, planned_staff=None)
    with pytest.raises(ops.Incomplete) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW)
    assert set(refusal.value.fields) == {
        "planned_staff",
        "two_letters_one_plan",
        "ten_in_place",
        "control_plan",
        "resumption",
    }
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert not Step.objects.exists()
    assert not Duty.objects.exists()


def test_submit_when_complete_then_judged_by_what_was_kept(at):
    application = making.submitted(at)
    assert application.route_key == "above_size"
    assert application.judged_on == TODAY
    assert application.applicant["head_count"] == 100
    assert application.applicant["park"] == "datong_new_zone"
    assert making.route_of(application, on=date(2030, 1, 1)) == "above_size"


def test_submit_when_few_people_then_the_short_route(at):
    application = making.submitted(at, planned_staff=19)
    assert application.route_key == "below_size"
    assert list(Step.objects.values_list("key", "state")) == [("territory", StepState.OPEN)]


def test_submit_when_done_then_a_fact_an_audit_row_and_duties(at):
    application = making.submitted(at)
    assert Fact.objects.filter(name=facts.APPLICATION_SUBMITTED).count() == 1
    assert AuditEntry.objects.filter(action="resumption.submit").count() == 1
    owed = {(duty.kind, duty.owner_permission, duty.owner_user_id) for duty in Duty.objects.all()}
    assert owed == {
        (DutyKind.OPINION, "applications.review.park", None),
        (DutyKind.OPINION, "applications.review.department", None),
        (DutyKind.VISIT, "", at.instructor.user_id),
    }
    for duty in Duty.objects.all():
        assert [(call.permission, call.name_en, call.at) for call in duty.calls] == [
            ("applications.review.headquarters", "District headquarters for resumption", DUE),
            ("duties.lead", "District committee and district government of Datong", DUE + timedelta(days=1)),
        ]
    event = ApplicationEvent.objects.get(application=application, kind="submitted")
    assert [answer["value"] for answer in event.detail["answers"]] == ["met", "met"]
    assert event.side == "authority"


def test_submit_when_nobody_is_stationed_there_then_the_area_owes_the_visit(at):
    lonely = making.another_enterprise(at)
    making.submitted(lonely)
    duty = Duty.objects.get(kind=DutyKind.VISIT)
    assert (duty.owner_permission, duty.owner_area_id) == ("applications.review.park", at.park_area.id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"planned_on": TODAY - timedelta(days=1)}, "planned_on"), ({"planned_staff": 121}, "planned_staff")],
)
def test_submit_when_the_plan_cannot_be_then_the_field_is_named(at, changes, field):
    application = making.filled(at, making.drafted(at, **changes))
    with pytest.raises(Invalid) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW)
    assert set(refusal.value.fields) == {field}


NOT_BEFORE = """
[not_before.start]
name = { zh = "最早复工日", en = "Earliest start" }
moment = 2022-04-12T00:00:00+08:00
blocks = "%s"
when = "head_count == 100"
reason = { zh = "通知第二条", en = "Notice, article 2" }
origin = "local-choice"
why = { zh = "测试", en = "for the test" }

[certificate]
"""


def test_submit_when_work_is_planned_before_the_earliest_day_then_refused_with_its_clause(at):
    playbook = making.datong_with(
        ('version = "1"', 'version = "2"'), ("\n[certificate]\n", NOT_BEFORE % "start")
    )
    making.in_force(at, playbook)
    application = making.filled(at, making.drafted(at, planned_on=date(2022, 4, 11)))
    with pytest.raises(Invalid) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW)
    assert refusal.value.code == "not_before"
    assert "通知第二条" in str(refusal.value)
    ops.change_plan(
        application.id, planned_on=date(2022, 4, 12), planned_staff=100, actor=at.contact, now=NOW
    )
    ops.submit(application.id, actor=at.contact, now=NOW)


def test_submit_when_applications_are_held_back_then_refused_with_the_reason(at):
    playbook = making.datong_with(
        ('version = "1"', 'version = "2"'), ("\n[certificate]\n", NOT_BEFORE % "application")
    )
    application = making.filled(at, making.drafted(at))
    making.in_force(at, playbook)
    with pytest.raises(Invalid) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW)
    assert refusal.value.code == "route_not-before"


def test_submit_when_not_at_the_version_looked_at_then_refused(at):
    application = making.filled(at, making.drafted(at))
    with pytest.raises(Conflict) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW, version=application.version + 1)
    assert refusal.value.code == "changed_meanwhile"


def test_submit_when_submitted_already_then_refused(at):
    application = making.submitted(at)
    with pytest.raises(Conflict) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW)
    assert refusal.value.code == "application_submitted"


def test_submit_when_somebody_else_tries_then_refused(at):
    application = making.filled(at, making.drafted(at))
    with pytest.raises(NotPermitted):
        ops.submit(application.id, actor=at.instructor, now=NOW)


@pytest.mark.parametrize("stage", ["draft", "submitted", "returned"])
def test_withdraw_when_open_then_closed_and_nothing_is_owed(at, stage):
    application = making.drafted(at)
    if stage != "draft":
        making.filled(at, application)
        ops.submit(application.id, actor=at.contact, now=NOW)
    if stage == "returned":
        returned(at, application)
    ops.withdraw(application.id, actor=at.contact, now=NOW, note="order cancelled")
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert not Duty.objects.open().exists()
    assert not Step.objects.filter(state__in=[StepState.OPEN, StepState.WAITING]).exists()
    assert Fact.objects.filter(name=facts.APPLICATION_WITHDRAWN).count() == 1
    with pytest.raises(Conflict):
        ops.withdraw(application.id, actor=at.contact, now=NOW)


def test_resubmit_when_corrected_then_a_new_round_and_the_answers_stay(at):
    application = returned(at, making.submitted(at))
    assert application.state == ApplicationState.RETURNED
    later = NOW + timedelta(days=1)
    ops.submit(application.id, actor=at.contact, now=later)
    application.refresh_from_db()
    assert (application.round, application.state) == (2, ApplicationState.SUBMITTED)
    assert application.answers.count() == 2
    assert set(Step.objects.filter(round=2).values_list("key", "state")) == {
        ("territory", StepState.OPEN),
        ("department", StepState.OPEN),
        ("headquarters", StepState.WAITING),
    }
    assert not Duty.objects.open().filter(kind=DutyKind.CORRECT).exists()
    assert not Duty.objects.open().filter(kind=DutyKind.VISIT).exists(), "the passed visit still stands"


def test_resubmit_when_corrected_the_next_day_then_the_deadline_moved_by_one_working_day(at):
    """Submitted on Thursday: due on Monday the 11th. Returned that Thursday, back on Friday: one day was not
    ours.
    """
    application = returned(at, making.submitted(at))
    assert making.due_of(application).date() == date(2022, 4, 11)
    ops.submit(application.id, actor=at.contact, now=NOW + timedelta(days=1))
    application.refresh_from_db()
    assert making.due_of(application).isoformat() == "2022-04-12T09:30:00+00:00"


def test_resubmit_when_the_deadline_was_over_then_one_working_day_is_left(at):
    late = NOW + timedelta(days=8)
    application = making.submitted(at, planned_on=local_date(late))
    returned(at, application, now=late)
    ops.submit(application.id, actor=at.contact, now=late)
    application.refresh_from_db()
    assert application.due_at == late + timedelta(days=3), "Friday the 15th: the next working day is Monday"


def test_the_route_when_the_playbook_changes_under_review_then_the_old_law_holds(at):
    application = making.submitted(at)
    changes = ('version = "1"', 'version = "2"'), ("head_count >= 20", "head_count >= 200")
    making.in_force(at, making.datong_with(*changes))
    again = Application.objects.select_related("enterprise__area").get(id=application.id)
    assert making.route_of(again) == "above_size"
    assert terms_of(again, today=TODAY).playbook.version == "1"


WAVE = """
[waves.first]
name = { zh = "第一批", en = "First wave" }
mode = "dated"
opens_on = 2022-04-12
when = "head_count == 100"
origin = "local-choice"
why = { zh = "测试", en = "for the test" }

[waves.each_when_ready]
"""


def test_submit_when_each_when_ready_then_the_wave_stands_on_the_application(at):
    assert making.submitted(at).wave_key == "each_when_ready"


def test_submit_when_the_wave_opens_later_then_work_waits_for_it(at):
    playbook = making.datong_with(('version = "1"', 'version = "2"'), ("\n[waves.each_when_ready]\n", WAVE))
    making.in_force(at, playbook)
    application = making.filled(at, making.drafted(at, planned_on=date(2022, 4, 11)))
    with pytest.raises(Invalid) as refusal:
        ops.submit(application.id, actor=at.contact, now=NOW)
    assert refusal.value.code == "not_before"
    ops.change_plan(
        application.id, planned_on=date(2022, 4, 12), planned_staff=100, actor=at.contact, now=NOW
    )
    assert ops.submit(application.id, actor=at.contact, now=NOW).wave_key == "first"


def in_wave(*more: str) -> tuple[str, str]:
    """The wave of the test with further keys."""
    return "\n[waves.each_when_ready]\n", WAVE.replace(
        "\norigin", "".join(f"\n{line}" for line in more) + "\norigin", 1
    )


def test_submit_when_the_wave_belongs_to_a_regime_not_in_force_then_it_holds_nobody_back(at):
    making.in_force(at, making.with_regime(in_wave('regimes = ["wartime"]')))
    application = making.filled(at, making.drafted(at, planned_on=TODAY))
    assert ops.submit(application.id, actor=at.contact, now=NOW).wave_key == "each_when_ready"


QUOTA = in_wave("quota = 1")
LATE = date(2022, 4, 12)


def test_submit_when_the_wave_is_full_then_the_next_one_takes_the_applicant(at):
    making.in_force(at, making.datong_with(('version = "1"', 'version = "2"'), QUOTA))
    assert making.submitted(at, planned_on=LATE).wave_key == "first"
    other = making.another_enterprise(at)
    assert making.submitted(other, planned_on=LATE).wave_key == "each_when_ready"


def only_first(at: Ground) -> None:
    """One wave with one place and no other."""
    text = making.datong().text
    rest = text[text.index("[waves.each_when_ready]") : text.index("[health]\n")]
    playbook = making.datong_with(
        ('version = "1"', 'version = "2"'), (rest, QUOTA[1].replace("[waves.each_when_ready]\n", ""))
    )
    making.in_force(at, playbook)


def test_submit_when_every_wave_is_full_then_held_with_a_reason_until_a_place_is_free(at):
    only_first(at)
    first = making.submitted(at, planned_on=LATE)
    other = making.another_enterprise(at)
    waiting = making.filled(other, making.drafted(other, planned_on=LATE))
    with pytest.raises(Conflict) as refusal:
        ops.submit(waiting.id, actor=other.contact, now=NOW)
    assert refusal.value.code == "wave_full"
    waiting.refresh_from_db()
    assert waiting.state == ApplicationState.DRAFT
    ops.withdraw(first.id, actor=at.contact, now=NOW)
    assert ops.submit(waiting.id, actor=other.contact, now=NOW).wave_key == "first"


def test_submit_when_it_was_returned_then_it_keeps_its_place(at):
    only_first(at)
    application = returned(at, making.submitted(at, planned_on=LATE))
    other = making.another_enterprise(at)
    waiting = making.filled(other, making.drafted(other, planned_on=LATE))
    with pytest.raises(Conflict):
        ops.submit(waiting.id, actor=other.contact, now=NOW)
    assert ops.submit(application.id, actor=at.contact, now=NOW).wave_key == "first"
