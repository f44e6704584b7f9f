import pytest

from fugong.accounts import operations, queries
from fugong.accounts.models import Role
from fugong.accounts.operations.roles import shipped_roles
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for

from .making import NOW, acting, authority, grant, holder, system, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return authority()


@pytest.fixture
def security(north):
    return acting(holder(north, "security_admin"))


def role(of, code):
    with acting_for(of.id):
        return Role.objects.get(code=code)


def test_seeding_makes_the_shipped_roles_once(north):
    with acting_for(north.id):
        codes = list(Role.objects.values_list("code", flat=True))
    assert codes == [each["code"] for each in shipped_roles()]
    assert operations.seed_roles(actor=system(north), now=NOW) == []


def test_seeding_again_leaves_a_changed_role_as_it_is(north, security):
    operations.edit_role(
        role(north, "inspector"), permissions_wanted=["reports.see"], actor=security, now=NOW
    )
    operations.seed_roles(actor=system(north), now=NOW)
    assert role(north, "inspector").permissions == ["reports.see"]


def test_each_authority_has_its_own_roles(north, security):
    south = authority("south")
    operations.edit_role(
        role(north, "inspector"), permissions_wanted=["reports.see"], actor=security, now=NOW
    )
    assert len(role(south, "inspector").permissions) > 1


def test_a_changed_role_holds_at_once_and_both_lists_are_in_the_audit(north, security):
    person = holder(north, "inspector")
    before = role(north, "inspector").permissions
    wanted = ["reports.see", "applications.see"]
    operations.edit_role(role(north, "inspector"), permissions_wanted=wanted, actor=security, now=NOW)
    assert acting(person).permissions == {"reports.see", "applications.see"}
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.edit_role")
    assert entry.changes["permissions"] == [before, sorted(wanted)]


def test_an_unknown_permission_is_refused_by_name(north, security):
    with pytest.raises(Invalid) as refused:
        operations.edit_role(
            role(north, "inspector"), permissions_wanted=["reports.see", "no.such"], actor=security, now=NOW
        )
    assert refused.value.code == "unknown_permission"
    assert "no.such" in str(refused.value)
    assert "no.such" not in role(north, "inspector").permissions


@pytest.mark.parametrize(
    "wanted",
    [
        ["audit.see", "users.grant"],
        ["users.manage", "users.grant"],
        ["audit.see", "applications.see"],
        ["roles.edit", "bulletins.publish"],
    ],
)
def test_a_role_cannot_be_made_all_powerful(north, security, wanted):
    with pytest.raises(Invalid) as refused:
        operations.edit_role(role(north, "inspector"), permissions_wanted=wanted, actor=security, now=NOW)
    assert refused.value.code == "mixed_powers"


def test_a_role_cannot_be_changed_so_that_a_holder_of_two_would_mix_powers(north, security):
    person = holder(north, "inspector")
    grant(person, "area_leader")
    with pytest.raises(Conflict) as refused:
        operations.edit_role(
            role(north, "area_leader"), permissions_wanted=["audit.see"], actor=security, now=NOW
        )
    assert refused.value.code == "holder_would_mix"
    assert person.name in str(refused.value)


def test_roles_are_changed_by_the_security_admin_only(north):
    for code in ("system_admin", "audit_admin", "commander"):
        with pytest.raises(NotPermitted):
            operations.edit_role(
                role(north, "inspector"),
                permissions_wanted=["reports.see"],
                actor=acting(holder(north, code)),
                now=NOW,
            )


def test_roles_are_read_in_their_order_with_their_holders(north):
    person = holder(north, "inspector")
    with acting_for(north.id):
        assert queries.list_roles(actor=system(north))[0].code == "enterprise_contact"
        (held,) = queries.list_role_holders("inspector", actor=system(north), now=NOW)
        assert held.user == person
        assert queries.find_role("nothing", actor=system(north)) is None
        with pytest.raises(NotFound):
            queries.get_role("nothing", actor=system(north))


def test_a_user_without_a_role_may_nothing(north):
    assert acting(user(north)).permissions == frozenset()
