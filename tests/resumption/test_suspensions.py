"""Stopping an enterprise needs a reason, evidence, an end and a second person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Standing, StandingEvent
from fugong.resumption import facts
from fugong.resumption import operations as ops
from fugong.resumption.choices import (
    ApplicationState,
    CertificateState,
    DutyKind,
    EventKind,
    Purpose,
    SuspensionReason,
    SuspensionState,
)
from fugong.resumption.models import Application, Certificate, CertificateEvent, Step, Suspension
from fugong.resumption.queries.applications import list_events
from tests.resumption import making
from tests.resumption.making import NOW, Ground

DAY = NOW + timedelta(days=3)
LAST = date(2022, 4, 20)


@pytest.fixture
def works(at: Ground) -> Ground:
    making.approved(at)
    return at


def proposed(at: Ground, **changes: Any) -> Suspension:
    data: dict[str, Any] = {
        "enterprise_id": at.enterprise.id,
        "reason": SuspensionReason.INFECTION,
        "evidence": "Two positive tests on the 10th",
        "ends_on": LAST,
        **changes,
    }
    return ops.propose_suspension(ops.SuspensionData(**data), actor=at.department, now=DAY)


def confirmed(at: Ground) -> Suspension:
    return ops.confirm_suspension(proposed(at).id, actor=at.headquarters, now=DAY)


def standing(at: Ground) -> str:
    return Standing.objects.get(enterprise=at.enterprise).state


def paper() -> str:
    return Certificate.objects.latest("issued_at").state


def test_propose_when_only_one_person_says_so_then_nothing_stops(works):
    suspension = proposed(works)
    assert suspension.state == SuspensionState.PROPOSED
    assert (standing(works), paper()) == (StandingState.RESUMED, CertificateState.VALID)
    duty = Duty.objects.open().get()
    assert (duty.kind, duty.owner_permission) == (DutyKind.SECOND_PERSON, "applications.suspend")


def test_confirm_when_the_same_person_then_not_permitted(works):
    suspension = proposed(works)
    with pytest.raises(NotPermitted) as refusal:
        ops.confirm_suspension(suspension.id, actor=works.department, now=DAY)
    assert refusal.value.code == "second_person"
    assert standing(works) == StandingState.RESUMED


def test_confirm_when_a_second_person_then_suspended_with_certificate_decision_and_fact(works):
    suspension = confirmed(works)
    assert (standing(works), paper()) == (StandingState.SUSPENDED, CertificateState.SUSPENDED)
    record = making.decision_of(suspension)
    assert (record.kind, record.outcome) == ("resumption.suspension", "in_force")
    assert [reason["rule"] for reason in record.reasons] == ["suspension.infection", "suspension.evidence"]
    assert StandingEvent.objects.latest("at").decision_id == record.id
    assert CertificateEvent.objects.latest("at").reason == SuspensionReason.INFECTION
    assert Fact.objects.filter(name=facts.SUSPENDED).count() == 1
    assert not Duty.objects.open().exists()


def test_confirm_when_its_last_day_is_over_then_refused_and_it_can_be_declined(works):
    suspension = proposed(works)
    over = suspension.ends_at
    before = StandingEvent.objects.count()
    with pytest.raises(Conflict) as refusal:
        ops.confirm_suspension(suspension.id, actor=works.headquarters, now=over)
    assert refusal.value.code == "suspension_over"
    assert Suspension.objects.get().state == SuspensionState.PROPOSED
    assert (standing(works), paper()) == (StandingState.RESUMED, CertificateState.VALID)
    assert StandingEvent.objects.count() == before
    ops.decline_suspension(suspension.id, actor=works.headquarters, now=over, note="Too late")
    assert Suspension.objects.get().state == SuspensionState.DECLINED


def test_confirm_when_the_last_moment_then_in_force(works):
    suspension = proposed(works)
    last = suspension.ends_at - timedelta(seconds=1)
    ops.confirm_suspension(suspension.id, actor=works.headquarters, now=last)
    assert standing(works) == StandingState.SUSPENDED


def test_decline_when_the_second_person_does_not_agree_then_nothing_happened(works):
    suspension = proposed(works)
    ops.decline_suspension(suspension.id, actor=works.headquarters, now=DAY, note="Not proven")
    assert Suspension.objects.get().state == SuspensionState.DECLINED
    assert (standing(works), paper()) == (StandingState.RESUMED, CertificateState.VALID)
    assert not Duty.objects.open().exists()
    proposed(works)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"evidence": "  "}, {"evidence"}),
        ({"ends_on": date(2022, 4, 9)}, {"ends_on"}),
        ({"ends_on": date(2023, 4, 9)}, {"ends_on"}),
    ],
)
def test_propose_when_without_evidence_or_end_then_refused(works, changes, fields):
    with pytest.raises(Invalid) as refusal:
        proposed(works, **changes)
    assert set(refusal.value.fields) == fields
    assert not Suspension.objects.exists()


def test_propose_when_the_enterprise_does_not_work_then_refused(at):
    with pytest.raises(Conflict) as refusal:
        proposed(at)
    assert refusal.value.code == "not_resumed"


def test_propose_when_one_is_open_then_refused(works):
    proposed(works)
    with pytest.raises(Conflict) as refusal:
        proposed(works)
    assert refusal.value.code == "suspension_open"


@pytest.mark.parametrize("role", ["contact", "instructor", "park"])
def test_propose_when_not_ones_business_then_not_permitted(works, role):
    data = ops.SuspensionData(works.enterprise.id, SuspensionReason.INFECTION, "seen", LAST)
    with pytest.raises(NotPermitted):
        ops.propose_suspension(data, actor=works.people[role], now=DAY)


def test_settle_when_settled_already_or_looked_at_before_then_refused(works):
    suspension = proposed(works)
    with pytest.raises(Conflict) as refusal:
        ops.confirm_suspension(suspension.id, actor=works.headquarters, now=DAY, version=9)
    assert refusal.value.code == "changed_meanwhile"
    ops.confirm_suspension(suspension.id, actor=works.headquarters, now=DAY)
    with pytest.raises(Conflict) as refusal:
        ops.decline_suspension(suspension.id, actor=works.headquarters, now=DAY, note="")
    assert refusal.value.code == "suspension_in_force"


def test_lift_when_in_force_then_works_again_and_the_certificate_counts(works):
    suspension = confirmed(works)
    later = DAY + timedelta(days=1)
    with pytest.raises(NotPermitted):
        ops.lift_suspension(suspension.id, actor=works.contact, now=later, note="")
    ops.lift_suspension(suspension.id, actor=works.headquarters, now=later, note="All negative")
    assert (standing(works), paper()) == (StandingState.RESUMED, CertificateState.VALID)
    assert Suspension.objects.get().ended_note == "All negative"
    assert Fact.objects.filter(name=facts.REOPENED).count() == 1
    with pytest.raises(Conflict):
        ops.lift_suspension(suspension.id, actor=works.headquarters, now=later, note="")


def test_lapse_when_the_last_day_is_over_then_the_clock_ends_it_once(works):
    suspension = confirmed(works)
    before = suspension.ends_at - timedelta(seconds=1)
    assert ops.lapse_suspensions(works.authority.id, now=before) == 0
    assert ops.lapse_suspensions(works.authority.id, now=suspension.ends_at) == 1
    assert ops.lapse_suspensions(works.authority.id, now=suspension.ends_at) == 0
    stored = Suspension.objects.get()
    assert (stored.state, stored.ended_by_id) == (SuspensionState.LAPSED, None)
    assert (standing(works), paper()) == (StandingState.RESUMED, CertificateState.VALID)


def test_lapse_when_never_confirmed_then_nothing_to_end(works):
    suspension = proposed(works)
    assert ops.lapse_suspensions(works.authority.id, now=suspension.ends_at) == 0


def test_reopen_when_approved_then_the_suspension_ends_and_a_new_certificate_replaces_the_old(works):
    confirmed(works)
    later = DAY + timedelta(hours=1)
    application = making.submitted(works, now=later, purpose=Purpose.REOPEN, planned_on=date(2022, 4, 12))
    making.visited(works, application, now=later)
    for step in ("territory", "department"):
        making.agreed(works, application, step, now=later)
    ops.approve(application.id, ops.Approval("headquarters"), actor=works.headquarters, now=later)
    assert Suspension.objects.get().state == SuspensionState.LIFTED
    assert standing(works) == StandingState.RESUMED
    states = list(Certificate.objects.order_by("issued_at").values_list("state", flat=True))
    assert states == [CertificateState.REVOKED, CertificateState.VALID]


def reopening(at: Ground) -> Application:
    """Under review while the suspension is in force."""
    return making.submitted(
        at, now=DAY + timedelta(hours=1), purpose=Purpose.REOPEN, planned_on=date(2022, 4, 12)
    )


def lifted(at: Ground, suspension: Suspension) -> None:
    ops.lift_suspension(suspension.id, actor=at.headquarters, now=DAY + timedelta(days=1), note="Negative")


def lapsed(at: Ground, suspension: Suspension) -> None:
    assert ops.lapse_suspensions(at.authority.id, now=suspension.ends_at) == 1


@pytest.mark.parametrize("let_work", [lifted, lapsed])
def test_reopening_when_work_is_let_again_meanwhile_then_closed_and_nobody_owes_anything(works, let_work):
    suspension = confirmed(works)
    application = reopening(works)
    assert Duty.objects.open().exists()
    let_work(works, suspension)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert [event.kind for event in list_events(application)][-1] == EventKind.MOOT
    assert not Step.objects.filter(application=application, state__in=["open", "waiting"]).exists()
    assert not Duty.objects.open().exists()
    assert Fact.objects.filter(name=facts.APPLICATION_WITHDRAWN).count() == 1
    assert (standing(works), paper()) == (StandingState.RESUMED, CertificateState.VALID)


@pytest.mark.parametrize("let_work", [lifted, lapsed])
def test_reopening_when_still_a_draft_then_closed_too(works, let_work):
    suspension = confirmed(works)
    draft = making.drafted(works, now=DAY, purpose=Purpose.REOPEN)
    let_work(works, suspension)
    draft.refresh_from_db()
    assert draft.state == ApplicationState.WITHDRAWN


def test_reopening_when_lifting_is_not_permitted_then_it_goes_on(works):
    suspension = confirmed(works)
    application = reopening(works)
    with pytest.raises(NotPermitted):
        ops.lift_suspension(suspension.id, actor=works.park, now=DAY + timedelta(days=1), note="")
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_suspension_when_from_another_district_then_it_is_not_there(works):
    suspension = proposed(works)
    elsewhere = making.ground("south")
    with pytest.raises(NotFound):
        ops.confirm_suspension(suspension.id, actor=elsewhere.headquarters, now=DAY)
