"""An enterprise that has left the park holds no certificate and waits for no decision."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from fugong.core.actor import system_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.facts import DeliveredFact, deliver_due
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.duties.models import Duty
from fugong.enterprises import operations as register
from fugong.enterprises.facts import ENTERPRISE_LEFT
from fugong.reactions import REACTIONS
from fugong.resumption import jobs
from fugong.resumption import operations as ops
from fugong.resumption.choices import ApplicationState, CertificateState, EventKind
from fugong.resumption.models import Certificate
from fugong.resumption.queries.applications import list_events
from fugong.resumption.queries.certificates import code_url
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

LATER = NOW + timedelta(hours=1)


def clerk(at: Ground) -> Any:
    return replace(system_actor(at.authority.id, "clerk"), permissions=frozenset({"enterprises.edit"}))


def leave(at: Ground, *, on: date = TODAY) -> None:
    register.leave_park(at.enterprise.id, left_on=on, actor=clerk(at), now=NOW)


def deliver(at: Ground, *, now: datetime = LATER) -> None:
    deliver_due(REACTIONS, authorities=[at.authority.id], now=now, limit=10)


def test_leave_when_certified_then_revoked_and_whoever_scans_it_is_told(at, settings):
    settings.FUGONG_CLOCK = LATER
    path = code_url(making.certificate_of(making.approved(at))).removeprefix(settings.FUGONG_PUBLIC_URL)
    leave(at)
    deliver(at)
    assert Certificate.objects.get().state == CertificateState.REVOKED
    with acting_for(None):
        body = Client().get(path).content.decode()
    assert 'data-answer="revoked"' in body


def test_leave_when_an_application_is_under_review_then_closed_and_nobody_owes_anything(at):
    application = making.submitted(at)
    leave(at)
    deliver(at)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert [event.kind for event in list_events(application)][-1] == EventKind.LEFT
    assert not Duty.objects.open().exists()
    assert ops.accept_unobjected(at.authority.id, now=making.due_of(application)) == 0


def test_leave_when_told_twice_then_the_second_time_changes_nothing(at):
    making.approved(at)
    leave(at)
    told = DeliveredFact(
        new_id(), at.authority.id, ENTERPRISE_LEFT, {"enterprise": str(at.enterprise.id)}, NOW
    )
    for _time in range(2):
        jobs.end_for_leaver(told, LATER)
    rows = AuditEntry.objects.filter(action="resumption.end_for_leaver")
    assert rows.count() == 1


def test_leave_when_it_came_back_before_anybody_was_told_then_nothing_ends(at):
    making.approved(at)
    leave(at)
    register.readmit(at.enterprise.id, entered_on=TODAY, actor=clerk(at), now=LATER)
    deliver(at)
    assert Certificate.objects.get().state == CertificateState.VALID


def test_apply_when_it_has_left_then_refused(at):
    draft = making.filled(at, making.drafted(at))
    leave(at)
    with pytest.raises(Conflict) as refusal:
        ops.submit(draft.id, actor=at.contact, now=LATER)
    assert refusal.value.code == "has_left"
    deliver(at)
    with pytest.raises(Conflict) as refusal:
        making.drafted(at, now=LATER)
    assert refusal.value.code == "has_left"
