"""Silence calls one level after the other, as the clocks of the playbook say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fugong.accounts.models import Assignment
from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.duties import operations as duties
from fugong.duties.choices import LEAD
from fugong.duties.models import Duty
from fugong.duties.queries import list_for
from fugong.resumption.choices import DutyKind
from tests.resumption import making
from tests.resumption.making import Ground

DUE = datetime(2022, 4, 11, 17, 30, tzinfo=LOCAL)
NEXT_WORKING_DAY = datetime(2022, 4, 12, 17, 30, tzinfo=LOCAL)


def leader_of(at: Ground) -> Actor:
    """Of the whole authority: nobody else in these tests leads it."""
    return replace(at.headquarters, permissions=frozenset({LEAD}), roles=frozenset())


def called(actor: Actor, *, now: datetime) -> set[str]:
    return {duty.kind for duty in list_for(actor, now=now)}


def test_datong_when_nobody_answers_then_the_headquarters_and_a_working_day_later_the_district(at):
    making.submitted(at)
    both, leader = {DutyKind.VISIT, DutyKind.OPINION}, leader_of(at)
    duties.escalate_due(at.authority.id, now=DUE - timedelta(seconds=1))
    assert called(at.headquarters, now=DUE) == set()
    duties.escalate_due(at.authority.id, now=DUE)
    assert called(at.headquarters, now=DUE) == both
    assert called(leader, now=DUE) == set()
    duties.escalate_due(at.authority.id, now=NEXT_WORKING_DAY)
    assert called(leader, now=NEXT_WORKING_DAY) == both
    assert {duty.escalates_at for duty in Duty.objects.open()} == {None}


def test_datong_when_the_clock_warns_then_the_owners_are_reminded_before_the_deadline(at):
    making.submitted(at)
    reminded = {duty.reminds_at for duty in Duty.objects.open()}
    assert reminded == {DUE - timedelta(hours=4)}


@pytest.mark.parametrize("is_held", [True, False])
def test_clock_when_it_calls_a_post_then_its_holder_is_told_else_the_body_it_belongs_to(at, is_held):
    """District leaders belong to the district, so that without one its leadership is called."""
    named = (
        '[[clocks.answer.escalation]]\nto = "headquarters"',
        '[[clocks.answer.escalation]]\nto = "district_leader"',
    )
    making.in_force(at, making.datong_with(('version = "1"', 'version = "2"'), named))
    linked = making.person(at, "instructor", name="district-leader")
    if is_held:
        Assignment.objects.filter(user_id=str(linked.user_id)).update(kind="leaders")
    making.submitted(at)
    duties.escalate_due(at.authority.id, now=DUE)
    calm = replace(linked, permissions=frozenset(), cared_for=frozenset())
    told = {duty.id for duty in Duty.objects.open().filter(told_users__contains=[linked.user_id])}
    assert len(told) == (Duty.objects.open().count() if is_held else 0)
    assert (DutyKind.OPINION in called(calm, now=DUE)) is is_held
    assert (DutyKind.OPINION in called(leader_of(at), now=DUE)) is not is_held
