"""The authority's roles: seeded from the file that comes with Fugong, then edited as data."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from fugong.accounts import choices, permissions, rules
from fugong.accounts.models import Membership, Role
from fugong.accounts.rules import HeldRole
from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, Sentence

SHIPPED = Path(__file__).resolve().parent.parent / "roles.toml"


def shipped_roles() -> list[dict[str, Any]]:
    roles: list[dict[str, Any]] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["role"]
    return roles


def seed_roles(*, actor: Actor, now: datetime) -> list[Role]:
    """Makes the roles of `roles.toml` that the authority does not have yet; those it has stay as they are."""
    with operation("accounts.seed_roles", actor=actor, now=now) as op:
        permissions.check_may_edit_roles(actor)
        known = set(Role.objects.filter(authority_id=actor.authority_id).values_list("code", flat=True))
        wanted = [
            (position, entry) for position, entry in enumerate(shipped_roles()) if entry["code"] not in known
        ]
        for _position, entry in wanted:
            check_permissions(entry["permissions"])
        roles = [_role(entry, position=position, actor=actor, now=now) for position, entry in wanted]
        Role.objects.bulk_create(roles)
        op.audit(None, {"roles": [role.code for role in roles]})
    return roles


def _role(entry: dict[str, Any], *, position: int, actor: Actor, now: datetime) -> Role:
    return Role(
        authority_id=actor.authority_id,
        code=entry["code"],
        name_zh=entry["name"]["zh"],
        name_en=entry["name"]["en"],
        description_zh=entry["description"]["zh"],
        description_en=entry["description"]["en"],
        permissions=sorted(entry["permissions"]),
        sight=choices.Sight(entry["sight"]),
        exclusive_group=entry.get("exclusive_group", ""),
        position=position,
        changed_at=now,
    )


def check_permissions(wanted: Collection[str]) -> None:
    """Refuses a permission that no context declares, and powers that must be in different hands."""
    unknown = sorted(set(wanted) - set(choices.known_permissions()))
    if unknown:
        sentence: Sentence = _("There is no permission %(names)s.") % {"names": ", ".join(unknown)}
        raise Invalid(sentence, code="unknown_permission", fields={"permissions": sentence})
    if rules.mixes_powers(wanted):
        sentence = _(
            "Running the machine, granting access, auditing and business must be in different hands."
        )
        raise Invalid(sentence, code="mixed_powers", fields={"permissions": sentence})


def edit_role(role: Role, *, permissions_wanted: Collection[str], actor: Actor, now: datetime) -> Role:
    """Changes what a role allows, at once for all its holders.

    Refuses unknown permissions, mixed powers, and a change by which one of the holders would come to hold
    powers that must be apart.
    """
    with operation("accounts.edit_role", actor=actor, now=now) as op:
        permissions.check_may_edit_roles(actor)
        # All roles, so that two edits at the same moment cannot together make what each alone may not.
        everything = list(
            Role.objects.select_for_update().filter(authority_id=actor.authority_id).order_by("id")
        )
        role = next(each for each in everything if each.pk == role.pk)
        check_permissions(permissions_wanted)
        _check_holders(role, frozenset(permissions_wanted), now=now)
        before, role.permissions = role.permissions, sorted(set(permissions_wanted))
        role.changed_at = now
        role.save(update_fields=["permissions", "changed_at"])
        op.audit(role, {"permissions": [before, role.permissions]})
    return role


def _check_holders(role: Role, wanted: frozenset[str], *, now: datetime) -> None:
    held = HeldRole(role.code, wanted, role.exclusive_group)
    holders = Membership.objects.filter(role=role).held_at(now).values("user_id")
    others = Membership.objects.filter(user_id__in=holders).exclude(role=role).held_at(now)
    for membership in others.select_related("role", "user"):
        if rules.excluded_by(held, [as_held(membership.role)]):
            raise Conflict(
                _("%(name)s holds the role %(role)s too, and may not hold both then.")
                % {"name": membership.user.name, "role": membership.role.name},
                code="holder_would_mix",
            )


def as_held(role: Role) -> HeldRole:
    return HeldRole(role.code, frozenset(role.permissions), role.exclusive_group)
