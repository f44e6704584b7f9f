"""Who may do what: roles down, acts across."""

from __future__ import annotations

import pytest

from fugong.core.refusals import NotPermitted
from fugong.playbooks.choices import BodyKind
from fugong.resumption import permissions
from fugong.resumption.choices import REVIEW_DEPARTMENT, REVIEW_HEADQUARTERS, REVIEW_PARK
from fugong.resumption.models import Application, Step, Suspension
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


@pytest.mark.parametrize(("role", "act", "expected"), CASES)
def test_matrix_when_in_ones_own_area_then(at, role, act, expected):
    assert allowed(at, role, act) is expected


@pytest.mark.parametrize("act", ["verify", "territory"])
def test_park_when_the_enterprise_stands_in_another_park_then_not(at, act):
    other = making.another_park(at)
    assert not allowed(other, "park", act)


@pytest.mark.parametrize("act", ["verify", "territory", "department", "headquarters"])
def test_nobody_decides_about_the_enterprise_one_speaks_for(at, act):
    every = frozenset().union(*(actor.permissions for actor in at.people.values()))
    at.people["everything"] = making.seeing_all(at.contact, permissions=every)
    assert not allowed(at, "everything", act)


def test_settle_when_one_proposed_it_then_not(at):
    suspension = Suspension(enterprise=at.enterprise, proposed_by_id=at.department.user_id)
    assert not permissions.may_settle_suspension(at.department, suspension)
    with pytest.raises(NotPermitted):
        permissions.check_may_settle_suspension(at.department, suspension)


@pytest.mark.parametrize("kind", list(BodyKind))
def test_permission_of_when_any_kind_of_body_then_one_of_the_levels(kind):
    assert permissions.permission_of(kind) in permissions.REVIEW
