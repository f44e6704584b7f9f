"""roles.toml against the permissions that the contexts really declare."""

import pytest

from fugong.accounts import rules
from fugong.accounts.choices import Power, Sight, known_permissions, register_permissions
from fugong.accounts.operations.roles import shipped_roles

ROLES = shipped_roles()
BY_CODE = {role["code"]: role for role in ROLES}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role["code"])
def test_a_shipped_role_is_whole_and_allows_only_what_is_declared(role):
    assert {"code", "name", "description", "sight", "permissions"} <= set(role)
    assert set(role["name"]) == set(role["description"]) == {"zh", "en"}
    assert role["sight"] in Sight.values
    assert set(role["permissions"]) <= set(known_permissions())
    assert len(role["permissions"]) == len(set(role["permissions"]))
    assert not rules.mixes_powers(role["permissions"])


def test_every_declared_permission_is_in_some_role():
    """What no role allows, nobody can do: a forgotten permission shows here."""
    granted = {permission for role in ROLES for permission in role["permissions"]}
    assert set(known_permissions()) - granted == set()


def test_the_three_officers_have_one_power_each_and_nobody_else_has_any():
    officers = {"system_admin": Power.SYSTEM, "security_admin": Power.SECURITY, "audit_admin": Power.AUDIT}
    for code, role in BY_CODE.items():
        assert rules.powers(role["permissions"]) == {officers.get(code, Power.BUSINESS)}
        assert (role.get("exclusive_group") == "three_officers") == (code in officers)


def test_nobody_applies_and_reviews_and_no_level_reviews_for_another():
    levels = {code for code, role in BY_CODE.items() if role.get("exclusive_group") == "review_levels"}
    assert levels == {"enterprise_contact", "reviewer_park", "reviewer_department", "reviewer_headquarters"}
    for code in levels - {"enterprise_contact"}:
        reviewing = [name for name in BY_CODE[code]["permissions"] if name.startswith("applications.review.")]
        assert len(reviewing) == 1


def test_a_permission_declared_by_two_contexts_stops_the_start():
    with pytest.raises(ValueError, match=r"users\.see"):
        register_permissions("elsewhere", {"users.see": "see users"})
