from datetime import timedelta

import pytest

from fugong.accounts import operations, queries
from fugong.accounts.choices import Subject
from fugong.areas import operations as areas
from fugong.areas.choices import AreaKind
from fugong.core.ids import new_id

from .making import LEADER, NOW, acting, authority, enterprise, grant, holder, park, system, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return authority()


def test_an_actor_is_of_its_authority_and_has_the_users_name(north):
    person = user(north, name="Ann")
    actor = acting(person)
    assert (actor.user_id, actor.authority_id, actor.name) == (person.id, north.id, "Ann")
    assert (actor.areas, actor.all_areas, actor.enterprises, actor.cared_for) == (set(), False, set(), set())


def test_permissions_are_those_of_all_roles_held_together(north):
    person = user(north)
    grant(person, "inspector")
    grant(person, "area_leader")
    actor = acting(person)
    assert actor.roles == {"inspector", "area_leader"}
    assert actor.may("playbooks.see")
    assert actor.may("difficulties.answer")


@pytest.mark.parametrize(
    ("role", "everything"),
    [("commander", True), ("reviewer_department", True), ("instructor", False), ("area_leader", False)],
)
def test_the_whole_authority_is_seen_with_roles_of_that_sight_only(north, role, everything):
    assert acting(holder(north, role)).all_areas is everything


def test_an_area_includes_what_lies_inside_it(north):
    first, second = park(north, "first"), park(north, "second")
    grid = areas.add_area(
        "grid", kind=AreaKind.GRID, names=("网格", "Grid"), parent=first, actor=system(north), now=NOW
    )
    actor = acting(holder(north, "reviewer_park", area=first))
    assert actor.areas == {first.id, grid.id}
    assert second.id not in actor.areas
    assert not actor.all_areas


def test_a_contact_speaks_for_enterprises_and_an_instructor_cares_for_them(north):
    mine, cared_for, other = enterprise(), enterprise(), Subject("site", new_id(), "工地")
    person = holder(north, "instructor")
    for subject in (cared_for, other):
        operations.assign(
            person, kind=LEADER, subject=subject, starts_on=NOW.date(), actor=system(north), now=NOW
        )
    grant(person, "enterprise_contact", subject=mine)
    actor = acting(person)
    assert (actor.enterprises, actor.cared_for) == ({mine.id}, {cared_for.id})


def test_a_role_counts_from_its_start_until_before_its_end(north):
    person = holder(north, "inspector")
    before = queries.actor_of(person, now=NOW - timedelta(seconds=1))
    assert before.roles == frozenset()
    assert acting(person).roles == {"inspector"}


def test_an_assignment_counts_by_the_day_in_china(north):
    """16:30 UTC on the 26th is half past midnight on the 27th."""
    person, firm = user(north), enterprise()
    operations.assign(person, kind=LEADER, subject=firm, starts_on=NOW.date(), actor=system(north), now=NOW)
    midnight = NOW.replace(day=26, hour=16, minute=0)
    assert queries.actor_of(person, now=midnight).cared_for == {firm.id}
    assert queries.actor_of(person, now=midnight - timedelta(seconds=1)).cared_for == frozenset()


@pytest.mark.parametrize("roles", [1, 4])
def test_an_actor_costs_three_statements_and_the_tenant_whatever_is_held(
    north, roles, django_assert_num_queries
):
    person = user(north)
    for number in range(roles):
        grant(person, "reviewer_park", area=park(north, f"park-{number}"))
        operations.assign(
            person, kind=LEADER, subject=enterprise(), starts_on=NOW.date(), actor=system(north), now=NOW
        )
    with django_assert_num_queries(3 + 2):
        actor = acting(person)
    assert len(actor.areas) == len(actor.cared_for) == roles


def test_a_role_that_sees_all_does_not_widen_the_ground_of_another_role(north):
    """A park's reviewer who inspects too reads everywhere, and reviews in the own park."""
    mine, other = park(north, "mine"), park(north, "other")
    person = holder(north, "reviewer_park", area=mine)
    grant(person, "inspector")
    actor = acting(person)
    assert actor.all_areas
    assert actor.may_in("applications.review.park", mine.id)
    for permission in ("applications.review.park", "enterprises.edit", "duties.excuse"):
        assert not actor.may_in(permission, other.id)
    assert actor.may_in("applications.see", other.id)


def test_the_same_role_in_two_parks_holds_in_both(north):
    first, second = park(north, "first"), park(north, "second")
    person = holder(north, "reviewer_park", area=first)
    grant(person, "reviewer_park", area=second)
    actor = acting(person)
    assert actor.may_in("enterprises.edit", first.id)
    assert actor.may_in("enterprises.edit", second.id)


def test_a_role_by_care_holds_on_no_ground_whatever_else_is_held(north):
    person = holder(north, "instructor")
    grant(person, "commander")
    assert not acting(person).may_in("applications.verify", park(north).id)
