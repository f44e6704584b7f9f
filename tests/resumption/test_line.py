"""The thin line: draft, submit, verify, opinions, approval, certificate, standing."""

from __future__ import annotations

from datetime import timedelta

from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Standing
from fugong.resumption.choices import ApplicationState, StepState
from fugong.resumption.models import Application, Step
from fugong.resumption.queries.certificates import Genuineness, check_public, code_url
from tests.resumption.making import NOW, TODAY, approved, certificate_of, due_of, submitted


def test_submit_when_complete_then_first_steps_open_in_parallel(at):
    application = submitted(at)
    states = dict(Step.objects.filter(application=application).values_list("key", "state"))
    assert application.state == ApplicationState.SUBMITTED
    assert states == {
        "territory": StepState.OPEN,
        "department": StepState.OPEN,
        "headquarters": StepState.WAITING,
    }
    assert due_of(application).isoformat() == "2022-04-11T17:30:00+08:00"


def test_approve_when_all_agreed_then_the_enterprise_stands_at_resumed(at):
    application = approved(at)
    stored = Application.objects.get(id=application.id)
    assert stored.state == ApplicationState.APPROVED
    assert Standing.objects.get(enterprise=at.enterprise).state == StandingState.RESUMED


def test_approve_when_all_agreed_then_a_certificate_verifies(at):
    certificate = certificate_of(approved(at))
    number, seal = code_url(certificate).split("/c/")[1].split("/?s=")
    shown = check_public(number, seal, today=TODAY + timedelta(days=1))
    assert (shown.answer, shown.name, shown.number) == (
        Genuineness.VALID,
        at.enterprise.name,
        certificate.number,
    )
    assert certificate.issued_at == NOW
