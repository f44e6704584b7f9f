"""Shipped roles down, what they may do with a difficulty across."""

from __future__ import annotations

import pytest

from fugong.accounts.operations.roles import shipped_roles
from fugong.core.refusals import NotFound, NotPermitted
from fugong.support import permissions, queries
from fugong.support.choices import State
from tests.support.making import brought_to

# raise, assign, answer, close, withdraw, see
MATRIX = {
    "enterprise_contact": "raise close withdraw see",
    "instructor": "raise see",
    "reviewer_park": "assign answer see",
    "reviewer_department": "answer see",
    "reviewer_headquarters": "assign answer see",
    "area_leader": "answer see",
    "commander": "assign see",
    "inspector": "",
    "gate_guard": "",
    "system_admin": "",
    "security_admin": "",
    "audit_admin": "",
}


@pytest.mark.parametrize(("role", "allowed"), MATRIX.items(), ids=MATRIX)
def test_role_when_it_deals_with_a_difficulty_here_then_as_the_matrix_says(here, role, allowed):
    difficulty = brought_to(State.ASSIGNED, here)
    actor = here.person(role)
    may = {
        "raise": permissions.may_raise(actor, here.enterprise.id),
        "assign": permissions.may_assign(actor, difficulty),
        "answer": permissions.may_answer(actor, difficulty),
        "close": permissions.may_close(actor, difficulty),
        "withdraw": permissions.may_withdraw(actor, difficulty),
        "see": permissions.may_see(actor),
    }
    assert {what for what, given in may.items() if given} == set(allowed.split())


def test_matrix_when_a_role_is_shipped_then_it_has_a_row():
    assert {role["code"] for role in shipped_roles()} == set(MATRIX)


@pytest.mark.parametrize("role", [role for role, allowed in MATRIX.items() if not allowed])
def test_list_when_the_role_has_no_part_in_them_then_refused(here, role):
    difficulty = brought_to(State.RAISED, here)
    actor = here.person(role)
    with pytest.raises(NotPermitted):
        queries.list_difficulties(actor)
    with pytest.raises(NotPermitted):
        queries.get_difficulty(difficulty.id, actor=actor)
    assert queries.list_of_enterprise(here.enterprise.id, actor=actor) == []
    assert queries.list_milestones(here.enterprise.id, actor=actor) == []
    assert queries.count_open(actor) == 0


def test_see_when_the_person_has_it_to_answer_then_also_outside_area_and_care(here):
    difficulty = brought_to(State.ASSIGNED, here)
    leader = here.person("area_leader")
    without_care = type(leader)(
        leader.user_id, leader.authority_id, leader.name, permissions=leader.permissions
    )
    with pytest.raises(NotFound):
        queries.get_difficulty(difficulty.id, actor=without_care)
    type(difficulty).objects.filter(id=difficulty.id).update(assigned_user_id=leader.user_id)
    assert queries.get_difficulty(difficulty.id, actor=without_care) == difficulty
