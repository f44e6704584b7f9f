"""Two people at once, on real commits and two real connections."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.resumption import operations as ops
from fugong.resumption.choices import ApplicationState, OpinionKind, Purpose, SuspensionReason
from fugong.resumption.models import (
    Application,
    Certificate,
    CertificateKey,
    ProductionReport,
    Step,
    Suspension,
)
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground
from tests.resumption.test_submission import LATE, only_first

pytestmark = pytest.mark.committed


@pytest.fixture
def at(committed_db: str) -> Ground:
    return making.ground()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to: its result, or the refusal's code."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait(timeout=20)
        try:
            return act()
        except Conflict as refusal:
            return refusal.code
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_approve_when_two_reviewers_at_once_then_one_certificate(at):
    application = making.before_decision(at)
    other = making.person(at, "headquarters", name="second")

    def by(actor: Actor) -> Callable[[], object]:
        said, version = ops.Approval("headquarters"), application_version(at, application)
        return lambda: ops.approve(application.id, said, actor=actor, now=NOW, version=version).state

    outcomes = at_once(by(at.headquarters), by(other))
    assert sorted(map(str, outcomes)) in (
        ["application_approved", "approved"],
        ["approved", "changed_meanwhile"],
    )
    with acting_for(at.authority.id):
        assert Certificate.objects.count() == 1
        assert (
            AuditEntry.objects.filter(
                action="resumption.approve", subject_kind="resumption.application"
            ).count()
            == 1
        )


def approve(at: Ground, application: Application) -> str:
    said = ops.Approval("headquarters")
    return ops.approve(application.id, said, actor=at.headquarters, now=NOW).state


def application_version(at: Ground, application: Application) -> int:
    with acting_for(at.authority.id):
        return Application.objects.get(id=application.id).version


def test_decide_when_one_approves_and_one_refuses_then_one_of_them(at):
    application = making.before_decision(at)
    other = making.person(at, "headquarters", name="second")
    refusal = ops.Opinion("headquarters", OpinionKind.REFUSE, "no")
    outcomes = at_once(
        lambda: (
            ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=NOW).state
        ),
        lambda: ops.give_opinion(application.id, refusal, actor=other, now=NOW).state,
    )
    with acting_for(at.authority.id):
        stored = Application.objects.get()
        assert stored.state in outcomes
        assert Certificate.objects.exists() is (stored.state == ApplicationState.APPROVED)
        assert Step.objects.get(key="headquarters").state in {"agreed", "refused"}


def test_approve_when_withdrawn_at_once_then_one_of_them_and_no_half(at):
    application = making.before_decision(at)
    at_once(
        lambda: (
            ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=NOW).state
        ),
        lambda: ops.withdraw(application.id, actor=at.contact, now=NOW).state,
    )
    with acting_for(at.authority.id):
        stored = Application.objects.get()
        assert stored.state in {ApplicationState.APPROVED, ApplicationState.WITHDRAWN}
        assert Certificate.objects.exists() is (stored.state == ApplicationState.APPROVED)


def test_opinions_when_two_branches_agree_at_once_then_the_next_level_opens_once(at):
    application = making.submitted(at)
    making.visited(at, application)
    at_once(
        lambda: making.agreed(at, application, "territory").state,
        lambda: making.agreed(at, application, "department").state,
    )
    with acting_for(at.authority.id):
        assert dict(Step.objects.values_list("key", "state"))["headquarters"] == "open"


def test_open_draft_when_twice_at_once_then_one(at):
    outcomes = at_once(*[lambda: making.drafted(at).number] * 2)
    assert sorted(map(str, outcomes)) == ["A2022-0001", "application_open"]


def test_issue_when_two_enterprises_at_once_then_two_numbers(at):
    second = making.with_instructor(making.another_enterprise(at))
    first_case, second_case = making.before_decision(at), making.before_decision(second)

    outcomes = at_once(lambda: approve(at, first_case), lambda: approve(second, second_case))
    assert outcomes == ["approved", "approved"]
    with acting_for(at.authority.id):
        assert sorted(Certificate.objects.values_list("number", flat=True)) == ["C2022-0001", "C2022-0002"]
        assert CertificateKey.objects.count() >= 1


def test_suspend_when_two_propose_at_once_then_one(at):
    making.approved(at)
    data = ops.SuspensionData(at.enterprise.id, SuspensionReason.WORK_SAFETY, "seen", TODAY)
    outcomes = at_once(
        lambda: ops.propose_suspension(data, actor=at.department, now=NOW).state,
        lambda: ops.propose_suspension(data, actor=at.headquarters, now=NOW).state,
    )
    assert sorted(map(str, outcomes)) == ["proposed", "suspension_open"]
    with acting_for(at.authority.id):
        assert Suspension.objects.count() == 1


def test_reopen_when_approved_and_lifted_at_once_then_one_of_them_and_neither_waits_for_ever(at):
    """An approval locks the application, then the suspension; lifting has to do the same."""
    making.approved(at)
    data = ops.SuspensionData(at.enterprise.id, SuspensionReason.WORK_SAFETY, "seen", TODAY)
    suspension = ops.propose_suspension(data, actor=at.department, now=NOW)
    ops.confirm_suspension(suspension.id, actor=at.headquarters, now=NOW)
    with acting_for(at.authority.id):
        application = making.submitted(at, purpose=Purpose.REOPEN)
        making.visited(at, application)
        for step in ("territory", "department"):
            making.agreed(at, application, step)
    outcomes = at_once(
        lambda: approve(at, application),
        lambda: ops.lift_suspension(suspension.id, actor=at.headquarters, now=NOW, note="").state,
    )
    assert set(outcomes) in ({"approved", "suspension_lifted"}, {"application_withdrawn", "lifted"})


def test_report_when_two_at_once_then_revisions_and_none_lost(at):
    making.approved(at)

    def report(number: int) -> Callable[[], object]:
        data = ops.ReportData(at.enterprise.id, TODAY, number, 50)
        return lambda: ops.report_production(data, actor=at.contact, now=NOW).revision

    outcomes = at_once(report(10), report(11))
    with acting_for(at.authority.id):
        kept = ProductionReport.objects.count()
    assert kept == sum(1 for outcome in outcomes if outcome != "reported_meanwhile")
    assert kept >= 1


def test_submit_when_two_want_the_last_place_of_a_wave_then_one_gets_it(at):
    with acting_for(at.authority.id):
        only_first(at)
        other = making.another_enterprise(at)
        drafts = [making.filled(each, making.drafted(each, planned_on=LATE)) for each in (at, other)]

    def by(each: Ground, application: Application) -> Callable[[], object]:
        return lambda: ops.submit(application.id, actor=each.contact, now=NOW).wave_key

    outcomes = at_once(*(by(*each) for each in zip((at, other), drafts, strict=True)))
    assert sorted(map(str, outcomes)) == ["first", "wave_full"]
