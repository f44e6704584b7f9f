"""A certificate with a last day is renewed while the enterprise works."""

from datetime import timedelta

import pytest

from fugong.core.refusals import Conflict
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Standing, StandingEvent
from fugong.resumption import operations as ops
from fugong.resumption.choices import CertificateState, OpinionKind, SuspensionReason
from fugong.resumption.models import Application, Certificate
from fugong.resumption.queries.applications import list_may_apply
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

DATED = [
    ('version = "1"', 'version = "2"'),
    ('validity = "until-revoked"', 'validity = "days"\ndays = 14'),
]
LAST = TODAY + timedelta(days=13)
SOON = NOW + timedelta(days=7)
OVER = NOW + timedelta(days=14)


@pytest.fixture
def works(at: Ground) -> Ground:
    making.in_force(at, making.datong_with(*DATED))
    assert making.certificate_of(making.approved(at)).valid_until == LAST
    return at


def renewing(at: Ground, *, now: object = OVER) -> Application:
    application = making.submitted(at, now=now, planned_on=TODAY + timedelta(days=16))
    making.visited(at, application, now=now)
    for step in ("territory", "department"):
        making.agreed(at, application, step, now=now)
    return application


def approve(at: Ground, application: Application) -> None:
    ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=OVER)


@pytest.mark.parametrize("now", [NOW, SOON - timedelta(days=1)])
def test_apply_when_the_certificate_still_counts_then_refused(works, now):
    assert not list_may_apply(works.contact, today=now.date())
    with pytest.raises(Conflict) as refusal:
        making.drafted(works, now=now)
    assert refusal.value.code == "wrong_standing"


@pytest.mark.parametrize("now", [SOON, OVER])
def test_apply_when_it_has_run_out_or_soon_will_then_possible(works, now):
    assert list_may_apply(works.contact, today=now.date()) == [works.enterprise]
    assert making.drafted(works, now=now).number


def test_approve_when_renewed_then_a_new_certificate_and_it_worked_all_the_time(works):
    before = StandingEvent.objects.count()
    application = renewing(works)
    approve(works, application)
    assert making.certificate_of(application).valid_until == TODAY + timedelta(days=27)
    states = list(Certificate.objects.order_by("issued_at").values_list("state", flat=True))
    assert states == [CertificateState.REVOKED, CertificateState.VALID]
    assert StandingEvent.objects.count() == before
    assert Standing.objects.get(enterprise=works.enterprise).state == StandingState.RESUMED
    assert not list_may_apply(works.contact, today=OVER.date())


def test_approve_when_suspended_meanwhile_then_it_stays_suspended(works):
    application = renewing(works)
    data = ops.SuspensionData(
        works.enterprise.id, SuspensionReason.INFECTION, "seen", TODAY + timedelta(days=20)
    )
    suspension = ops.propose_suspension(data, actor=works.department, now=OVER)
    ops.confirm_suspension(suspension.id, actor=works.headquarters, now=OVER)
    with pytest.raises(Conflict) as refusal:
        approve(works, application)
    assert refusal.value.code == "wrong_standing"
    assert Standing.objects.get(enterprise=works.enterprise).state == StandingState.SUSPENDED
    ops.lift_suspension(suspension.id, actor=works.headquarters, now=OVER, note="")
    approve(works, application)


def test_refuse_when_a_renewal_then_the_enterprise_still_works(works):
    application = renewing(works)
    refusal = ops.Opinion("headquarters", OpinionKind.REFUSE, "no")
    ops.give_opinion(application.id, refusal, actor=works.headquarters, now=OVER)
    assert Standing.objects.get(enterprise=works.enterprise).state == StandingState.RESUMED
