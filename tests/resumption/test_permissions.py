"""Who may do what: roles down, acts across."""

from __future__ import annotations

import pytest

from fugong.accounts.models import Membership, Role, User
from fugong.accounts.queries import actor_of
from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.playbooks.choices import BodyKind
from fugong.resumption import permissions
from fugong.resumption.choices import REVIEW_DEPARTMENT, REVIEW_HEADQUARTERS, REVIEW_PARK, SEE
from fugong.resumption.models import Application, Step, Suspension
from fugong.resumption.queries.applications import list_applications, list_waiting_for
from tests.resumption import making
from tests.resumption.making import Ground

ACTS = ("apply", "report", "verify", "territory", "department", "headquarters", "propose", "settle", "lift")
#               a  r  v  t  d  h  p  s  l
MATRIX = {
    "contact": (1, 1, 0, 0, 0, 0, 0, 0, 0),
    "instructor": (0, 0, 1, 0, 0, 0, 0, 0, 0),
    "park": (0, 0, 1, 1, 0, 0, 0, 0, 0),
    "department": (0, 0, 0, 0, 1, 0, 1, 1, 1),
    "headquarters": (0, 0, 0, 0, 0, 1, 1, 1, 1),
}
CASES = [
    (role, act, bool(allowed)) for role, row in MATRIX.items() for act, allowed in zip(ACTS, row, strict=True)
]


def allowed(at: Ground, role: str, act: str) -> bool:
    actor, enterprise = at.people[role], at.enterprise
    application = Application(enterprise=enterprise)
    suspension = Suspension(enterprise=enterprise, proposed_by_id=enterprise.id)
    where = {"enterprise_id": enterprise.id, "area_id": enterprise.area_id}
    review = {"territory": REVIEW_PARK, "department": REVIEW_DEPARTMENT, "headquarters": REVIEW_HEADQUARTERS}
    if act in review:
        step = Step(application=application, permission=review[act])
        return permissions.may_give_opinion(actor, step)
    answers = {
        "apply": lambda: permissions.may_apply(actor, enterprise.id),
        "report": lambda: permissions.may_report(actor, enterprise.id),
        "verify": lambda: permissions.may_verify(actor, application),
        "propose": lambda: permissions.may_propose_suspension(actor, **where),
        "settle": lambda: permissions.may_settle_suspension(actor, suspension),
        "lift": lambda: permissions.may_lift_suspension(actor, suspension),
    }
    return answers[act]()


def who_also_inspects(at: Ground, actor: Actor) -> Actor:
    """The same person, as accounts knows it, with a second role that sees the whole district."""
    user = User.objects.get(id=str(actor.user_id))
    wide = Role.objects.create(
        authority=at.authority,
        code="inspector",
        name_zh="督查",
        name_en="Inspector",
        permissions=[SEE, "enterprises.see"],
        sight="everything",
        changed_at=making.NOW,
    )
    Membership.objects.create(
        authority=at.authority, user=user, role=wide, starts_at=making.NOW, recorded_at=making.NOW
    )
    return actor_of(user, now=making.NOW)


@pytest.mark.parametrize(("role", "act", "expected"), CASES)
def test_matrix_when_in_ones_own_area_then(at, role, act, expected):
    assert allowed(at, role, act) is expected


@pytest.mark.parametrize("act", ["verify", "territory"])
def test_park_when_the_enterprise_stands_in_another_park_then_not(at, act):
    other = making.another_park(at)
    assert not allowed(other, "park", act)


@pytest.mark.parametrize(
    "act", ["verify", "territory", "department", "headquarters", "propose", "settle", "lift"]
)
def test_nobody_decides_about_the_enterprise_one_speaks_for(at, act):
    every = frozenset().union(*(actor.permissions for actor in at.people.values()))
    at.people["everything"] = making.seeing_all(at.contact, permissions=every)
    assert not allowed(at, "everything", act)


def test_two_roles_when_one_sees_everything_then_the_other_stays_in_its_park(at):
    """With real roles: the reviewer of this park is an inspector of the whole district too."""
    other = making.another_park(at)
    with_both = who_also_inspects(at, at.park)
    at.people["both"] = other.people["both"] = with_both
    for act in ("verify", "territory"):
        assert allowed(at, "both", act)
        assert not allowed(other, "both", act)


def test_two_roles_when_one_sees_everything_then_the_queue_holds_the_own_park_only(at):
    mine = making.submitted(at)
    other = making.another_park(at)
    other.people = {**at.people, "contact": making.person(other, "contact", name="second")}
    theirs = making.submitted(other)
    with_both = who_also_inspects(at, at.park)
    assert list(list_waiting_for(with_both)) == [mine]
    assert theirs in list_applications(with_both)


def test_settle_when_one_proposed_it_then_not(at):
    suspension = Suspension(enterprise=at.enterprise, proposed_by_id=at.department.user_id)
    assert not permissions.may_settle_suspension(at.department, suspension)
    with pytest.raises(NotPermitted):
        permissions.check_may_settle_suspension(at.department, suspension)


@pytest.mark.parametrize("kind", list(BodyKind))
def test_permission_of_when_any_kind_of_body_then_one_of_the_levels(kind):
    assert permissions.permission_of(kind) in permissions.REVIEW
