from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fugong.accounts.models import User
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties import operations, queries
from fugong.duties.choices import Outcome, owed_by_user
from fugong.duties.models import Duty
from tests.duties.making import NOON, acting, new_area, new_user, owe, subject

pytestmark = pytest.mark.usefixtures("at_home")


@pytest.fixture
def leaver(district):
    return new_user(district, "leaver")


@pytest.fixture
def successor(district):
    return new_user(district, "successor")


def _hand_over(leaver: User, successor: User, actor: Actor, **options: Any) -> int:
    return operations.hand_over(leaver.id, successor.id, actor=actor, now=NOON, **options)


def test_hand_over_when_done_then_the_successor_owes_all_with_its_deadlines(ann, leaver, successor):
    first = owe(ann, owner=owed_by_user(leaver.id))
    second = owe(ann, subject=subject(2), owner=owed_by_user(leaver.id), due_at=NOON + timedelta(days=2))
    assert _hand_over(leaver, successor, ann) == 2
    assert queries.list_for(acting(leaver), now=NOON) == []
    assert queries.list_for(acting(successor), now=NOON) == [first, second]
    assert Duty.objects.get(id=second.id).due_at == second.due_at
    assert AuditEntry.objects.filter(action="duties.hand_over").count() == 2


def test_hand_over_when_the_successor_owes_it_already_then_it_is_owed_once(ann, leaver, successor):
    twice = owe(ann, owner=owed_by_user(leaver.id))
    kept = owe(ann, owner=owed_by_user(successor.id))
    assert _hand_over(leaver, successor, ann) == 1
    assert queries.list_for(acting(successor), now=NOON) == [kept]
    assert Duty.objects.get(id=twice.id).outcome is Outcome.WITHDRAWN


def test_hand_over_when_some_subjects_are_named_then_only_those(ann, leaver, successor):
    owe(ann, owner=owed_by_user(leaver.id))
    stays = owe(ann, subject=subject(2), owner=owed_by_user(leaver.id))
    _hand_over(leaver, successor, ann, subject_ids=[subject(1).id])
    assert queries.list_for(acting(leaver), now=NOON) == [stays]


def test_hand_over_when_not_permitted_then_refused(ann, leaver, successor):
    owe(ann, owner=owed_by_user(leaver.id))
    with pytest.raises(NotPermitted):
        _hand_over(leaver, successor, replace(ann, permissions=frozenset()))


def test_hand_over_when_to_oneself_or_nothing_is_owed_then_refused(ann, leaver, successor):
    with pytest.raises(Invalid):
        _hand_over(leaver, leaver, ann)
    with pytest.raises(Conflict):
        _hand_over(leaver, successor, ann)
    assert not AuditEntry.objects.filter(action="duties.hand_over").exists()


def test_hand_over_when_the_successor_has_left_or_is_a_stranger_then_refused(ann, cai, leaver, successor):
    duty = owe(ann, owner=owed_by_user(leaver.id))
    User.objects.filter(id=successor.id).update(is_active=False)
    with pytest.raises(Conflict):
        _hand_over(leaver, successor, ann)
    with pytest.raises(NotFound):
        operations.hand_over(leaver.id, cai.user_id, actor=ann, now=NOON)
    assert Duty.objects.get(id=duty.id).owner_user_id == leaver.id


def test_hand_over_when_the_duty_stands_in_another_area_then_it_stays(ann, district, park, leaver, successor):
    """Whoever hands over in one park neither sees nor moves what is owed in another."""
    there = owe(ann, owner=owed_by_user(leaver.id, area_id=new_area(district, "other").id))
    of_the_park = replace(ann, all_areas=False, areas=frozenset({park.id}))
    assert queries.list_owners(of_the_park) == []
    with pytest.raises(Conflict):
        _hand_over(leaver, successor, of_the_park)
    here = owe(ann, subject=subject(2), owner=owed_by_user(leaver.id, area_id=park.id))
    assert _hand_over(leaver, successor, of_the_park) == 1
    assert queries.list_for(acting(successor), now=NOON) == [here]
    assert queries.list_for(acting(leaver), now=NOON) == [there]
