"""Who acts is a value: what it may do is on it, and nothing else is asked."""

from dataclasses import FrozenInstanceError

import pytest

from fugong.core.actor import Actor, Reach, system_actor
from fugong.core.ids import new_id


def test_may_only_what_is_named():
    actor = Actor(new_id(), new_id(), "Ann", permissions=frozenset({"applications.see"}))
    assert actor.may("applications.see")
    assert not actor.may("applications")
    assert not actor.may("applications.see.all")


def test_an_actor_sees_no_area_unless_told():
    actor = Actor(new_id(), new_id(), "Ann")
    assert not actor.all_areas
    assert not actor.areas | actor.enterprises | actor.cared_for


def test_an_actor_does_not_change_on_the_way():
    actor = Actor(new_id(), new_id(), "Ann")
    with pytest.raises(FrozenInstanceError):
        actor.permissions = frozenset({"roles.edit"})  # type: ignore[misc]


def test_the_system_holds_no_permission_of_a_person():
    authority = new_id()
    system = system_actor(authority, "clock")
    assert (system.user_id, system.authority_id, system.permissions) == (None, authority, frozenset())
    assert system.all_areas


def test_a_permission_holds_on_the_ground_of_its_own_role_only():
    mine, other = new_id(), new_id()
    reaches = {"review": Reach(frozenset({mine})), "see": Reach(everywhere=True)}
    both = frozenset(reaches)
    actor = Actor(new_id(), new_id(), "Ann", both, areas=frozenset({mine}), all_areas=True, reaches=reaches)
    assert actor.may_in("review", mine)
    assert not actor.may_in("review", other)
    assert actor.may_in("see", other)
    assert actor.reach("review", "see") == Reach(frozenset({mine}), everywhere=True)
    assert not actor.may_in("approve", mine)


def test_without_grounds_of_their_own_permissions_hold_where_the_actor_sees():
    park, other = new_id(), new_id()
    actor = Actor(new_id(), new_id(), "Ann", frozenset({"review"}), areas=frozenset({park}))
    assert actor.may_in("review", park)
    assert not actor.may_in("review", other)
    assert system_actor(park, "clock").reach("anything").covers(other)
