"""Whose duty it is, who may look on, and that nobody else's is ever shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fugong.core.actor import Reach
from fugong.core.refusals import NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.duties import queries
from fugong.duties.choices import Group, owed_by_enterprise, owed_by_holders, owed_by_user
from fugong.duties.models import Duty
from fugong.duties.permissions import SEE
from tests.duties.making import NOON, REPORT, REVIEW, acting, new_area, new_user, owe, subject

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("at_home")


@pytest.fixture
def persons(district, park):
    """Each by what connects it with a duty."""
    user = new_user(district, "person")
    here = {"areas": frozenset({park.id})}
    return {
        "the user": acting(user),
        "the contact": acting(user, enterprises=frozenset({subject().id})),
        "the instructor": acting(user, cared_for=frozenset({subject().id})),
        "a holder here": acting(user, "tests.do", **here),
        "a holder elsewhere": acting(user, "tests.do"),
        "a holder everywhere": acting(user, "tests.do", all_areas=True),
        "somebody here": acting(user, **here),
        "somebody who sees all": acting(user, SEE, all_areas=True),
    }


OWNERS = {
    "a user": {"the user", "the contact", "the instructor", "a holder here", "a holder elsewhere"}
    | {"a holder everywhere", "somebody here", "somebody who sees all"},
    "an enterprise": {"the contact"},
    "an office": {"a holder here", "a holder elsewhere", "a holder everywhere"},
    "an office of the park": {"a holder here", "a holder everywhere"},
}


def test_list_when_an_office_is_held_in_one_park_then_what_another_role_sees_does_not_count(
    ann, park, persons
):
    owe(ann, owner=owed_by_holders("tests.do", area_id=park.id))
    elsewhere = replace(persons["a holder everywhere"], reaches={"tests.do": Reach()})
    here = replace(elsewhere, reaches={"tests.do": Reach(frozenset({park.id}))})
    assert queries.list_for(elsewhere, now=NOON) == []
    assert len(queries.list_for(here, now=NOON)) == 1


@pytest.mark.parametrize(("owner", "those"), OWNERS.items(), ids=OWNERS)
def test_list_when_owned_so_then_exactly_these_owe_it(ann, park, persons, owner, those):
    owners = {
        "a user": owed_by_user(persons["the user"].user_id),
        "an enterprise": owed_by_enterprise(subject().id),
        "an office": owed_by_holders("tests.do"),
        "an office of the park": owed_by_holders("tests.do", area_id=park.id),
    }
    owe(ann, owner=owners[owner])
    owing = {name for name, person in persons.items() if queries.list_for(person, now=NOON)}
    assert owing == those
    assert owing == {name for name, person in persons.items() if queries.count_for(person, now=NOON)}


def test_list_when_several_then_nearest_deadline_first(ann, bo):
    far = owe(ann, due_at=NOON + 2 * DAY)
    missed = owe(ann, kind=REVIEW, due_at=NOON - DAY, opened_at=NOON - 2 * DAY)
    near = owe(ann, period="other", due_at=NOON + DAY)
    assert queries.list_for(bo, now=NOON) == [missed, near, far]
    assert queries.list_for(bo, now=NOON, limit=1) == [missed]
    assert queries.count_by_group(bo, now=NOON) == {Group.OVERDUE: 1, Group.TODAY: 0, Group.LATER: 2}


def test_list_when_not_opened_yet_then_not_owed_yet(ann, bo):
    owe(ann, opened_at=NOON + DAY, due_at=NOON + 2 * DAY)
    assert queries.list_for(bo, now=NOON) == []
    assert queries.count_for(bo, now=NOON + DAY) == 1


def test_lists_when_many_then_one_statement_each(ann, bo, django_assert_num_queries):
    for number in range(1, 30):
        owe(ann, period=str(number))
    with django_assert_num_queries(1):
        assert len([duty.label for duty in queries.list_for(bo, now=NOON)]) == 29
    with django_assert_num_queries(1):
        queries.count_by_group(bo, now=NOON)
    with django_assert_num_queries(1):
        assert len([duty.owner_area for duty in queries.list_shortfall(ann, now=NOON, within=DAY)]) == 29


def test_shortfall_when_asked_then_missed_and_nearly_missed_of_the_kind(ann):
    missed = owe(ann, due_at=NOON - DAY, opened_at=NOON - 2 * DAY)
    near = owe(ann, kind=REVIEW, due_at=NOON + DAY)
    owe(ann, period="far", due_at=NOON + 5 * DAY)
    assert list(queries.list_shortfall(ann, now=NOON)) == [missed]
    assert list(queries.list_shortfall(ann, now=NOON, within=DAY)) == [missed, near]
    assert list(queries.list_shortfall(ann, now=NOON, within=DAY, kind=REVIEW)) == [near]


def test_shortfall_when_not_permitted_then_refused(ann):
    duty = owe(ann)
    nobody = replace(ann, permissions=frozenset())
    with pytest.raises(NotPermitted):
        queries.list_shortfall(nobody, now=NOON)
    with pytest.raises(NotPermitted):
        queries.get_visible(nobody, duty.id)


def test_shortfall_when_sight_is_limited_then_own_areas_and_own_care_only(ann, district, park):
    there = new_area(district, "other")
    here = owe(ann, owner=owed_by_enterprise(subject(1).id, area_id=park.id))
    owe(ann, subject=subject(2), owner=owed_by_enterprise(subject(2).id, area_id=there.id))
    cared = owe(ann, subject=subject(3))
    user = new_user(district, "person")
    of_park = acting(user, SEE, areas=frozenset({park.id}))
    instructor = acting(user, SEE, cared_for=frozenset({subject(3).id}))
    assert list(queries.list_shortfall(of_park, now=NOON, within=DAY)) == [here]
    assert list(queries.list_shortfall(instructor, now=NOON, within=DAY)) == [cared]
    assert queries.get_visible(of_park, here.id) == here
    with pytest.raises(NotFound):
        queries.get_visible(of_park, cared.id)


def test_tenants_when_a_filter_is_forgotten_then_the_database_still_keeps_them_apart(ann, cai):
    owe(ann)
    with acting_for(cai.authority_id):
        assert not Duty.objects.exists()
        assert Duty.objects.update(kind=REVIEW) == 0
        assert queries.list_for(cai, now=NOON) == []
        assert list(queries.list_shortfall(cai, now=NOON, within=9 * DAY)) == []
    with acting_for(None):
        assert not Duty.objects.exists()
    assert Duty.objects.get().kind == REPORT
