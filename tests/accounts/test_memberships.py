from itertools import combinations

import pytest
from django.db import IntegrityError, transaction

from fugong.accounts import operations, rules
from fugong.accounts.choices import Sight
from fugong.accounts.models import Membership
from fugong.accounts.operations.roles import shipped_roles
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for

from .making import NOW, acting, authority, enterprise, grant, holder, park, system, user

pytestmark = pytest.mark.django_db
ROLES = {role["code"]: role for role in shipped_roles()}
OFFICERS = ("system_admin", "security_admin", "audit_admin")


@pytest.fixture
def north():
    return authority()


def with_scope(of, code):
    sight = ROLES[code]["sight"]
    return {
        "area_id": park(of, f"park-{new_id().hex[-8:]}").id if sight == Sight.AREA else None,
        "subject": enterprise() if sight == Sight.SUBJECT else None,
    }


def give(of, person, code, *, actor=None):
    return operations.grant_role(
        person, role=code, actor=actor or system(of), now=NOW, **with_scope(of, code)
    )


@pytest.mark.parametrize("code", list(ROLES))
def test_every_shipped_role_can_be_granted_with_the_scope_it_asks_for(north, code):
    security = acting(holder(north, "security_admin"))
    person = user(north)
    held = give(north, person, code, actor=security)
    actor = acting(person)
    assert actor.roles == {code}
    assert actor.permissions == set(ROLES[code]["permissions"])
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.grant_role", subject_id=str(person.id))
    assert (entry.actor_id, entry.changes["role"]) == (security.user_id, code)
    assert held.granted_by_id == security.user_id


@pytest.mark.parametrize("sight", list(Sight))
@pytest.mark.parametrize(("area", "subject"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_scope_that_does_not_fit_the_role_is_refused(north, sight, area, subject):
    code = next(code for code, role in ROLES.items() if role["sight"] == sight)
    person = user(north)
    scope = {"area_id": park(north).id if area else None, "subject": enterprise() if subject else None}
    if rules.scope_fits(sight, area=area, subject=subject):
        assert operations.grant_role(person, role=code, actor=system(north), now=NOW, **scope)
        return
    with pytest.raises(Invalid) as refused:
        operations.grant_role(person, role=code, actor=system(north), now=NOW, **scope)
    assert refused.value.code == "wrong_scope"
    assert acting(person).roles == frozenset()


@pytest.mark.parametrize(("one", "other"), list(combinations(ROLES, 2)))
def test_two_roles_go_together_unless_a_group_or_the_powers_keep_them_apart(north, one, other):
    person = user(north)
    give(north, person, one)
    group = ROLES[one].get("exclusive_group")
    apart = one in OFFICERS or other in OFFICERS or (group and group == ROLES[other].get("exclusive_group"))
    if not apart:
        give(north, person, other)
        assert acting(person).roles == {one, other}
        return
    with pytest.raises(Conflict) as refused:
        give(north, person, other)
    assert refused.value.code == "exclusive_role"
    assert acting(person).roles == {one}


def test_a_role_given_up_makes_room_for_one_kept_apart_from_it(north):
    person = user(north)
    held = give(north, person, "audit_admin")
    operations.revoke_role(held, actor=system(north), now=NOW, note="moved")
    give(north, person, "security_admin")
    assert acting(person).roles == {"security_admin"}


def test_a_contact_may_speak_for_several_enterprises_but_for_each_once(north):
    person = user(north)
    first, second = enterprise(), enterprise()
    grant(person, "enterprise_contact", subject=first)
    grant(person, "enterprise_contact", subject=second)
    assert acting(person).enterprises == {first.id, second.id}
    with pytest.raises(Conflict) as refused:
        grant(person, "enterprise_contact", subject=first)
    assert refused.value.code == "held_already"


def test_an_unscoped_role_twice_is_refused_by_the_database_too(north):
    person = holder(north, "inspector")
    with pytest.raises(Conflict):
        grant(person, "inspector")
    with acting_for(north.id):
        held = Membership.objects.get(user=person)
        held.id = new_id()
        with pytest.raises(IntegrityError, match="membership_open_once"), transaction.atomic():
            held.save(force_insert=True)


def test_revoking_ends_it_now_and_twice_is_refused(north):
    person = holder(north, "inspector")
    with acting_for(north.id):
        held = Membership.objects.get(user=person)
    operations.revoke_role(held, actor=system(north), now=NOW, note="finished")
    assert acting(person).permissions == frozenset()
    with pytest.raises(Conflict) as refused:
        operations.revoke_role(held, actor=system(north), now=NOW)
    assert refused.value.code == "revoked_already"
    with acting_for(north.id):
        assert AuditEntry.objects.get(action="accounts.revoke_role").note == "finished"


def test_a_role_can_be_given_again_after_it_was_revoked(north):
    person = holder(north, "inspector")
    with acting_for(north.id):
        held = Membership.objects.get(user=person)
    operations.revoke_role(held, actor=system(north), now=NOW)
    grant(person, "inspector")
    assert acting(person).roles == {"inspector"}


def test_leavers_get_no_role(north):
    person = user(north)
    operations.leave(person, actor=system(north), now=NOW)
    with pytest.raises(Conflict) as refused:
        grant(person, "inspector")
    assert refused.value.code == "left"


def test_a_role_that_does_not_exist_is_not_found(north):
    with pytest.raises(NotFound):
        grant(user(north), "king")


def test_an_area_of_another_authority_is_not_found(north):
    with pytest.raises(NotFound):
        grant(user(north), "reviewer_park", area=park(authority("south")))


def test_the_security_admin_grants_nothing_to_himself(north):
    admin = holder(north, "security_admin")
    with pytest.raises(NotPermitted) as refused:
        give(north, admin, "inspector", actor=acting(admin))
    assert refused.value.code == "own_account"


def test_a_subject_with_a_very_long_name_is_spoken_for_too(north):
    held = operations.grant_role(
        user(north),
        role="enterprise_contact",
        subject=enterprise("\u58ee" * 200),
        actor=system(north),
        now=NOW,
    )
    assert held.subject_label == "\u58ee" * 120
