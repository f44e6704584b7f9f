"""Reading roles."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.accounts.models import Membership, Role
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound


def list_roles(*, actor: Actor) -> list[Role]:
    return list(Role.objects.filter(authority_id=actor.authority_id).order_by("position", "code"))


def find_role(code: str, *, actor: Actor) -> Role | None:
    return Role.objects.filter(authority_id=actor.authority_id, code=code).first()


def get_role(code: str, *, actor: Actor) -> Role:
    role = find_role(code, actor=actor)
    if role is None:
        raise NotFound()
    return role


def list_role_holders(code: str, *, actor: Actor, now: datetime) -> list[Membership]:
    """Who holds the role now, each with user and area."""
    held = Membership.objects.filter(authority_id=actor.authority_id, role__code=code).held_at(now)
    return list(held.select_related("user", "area", "role").order_by("user__username"))


def get_membership(membership_id: UUID, *, actor: Actor) -> Membership:
    rows = Membership.objects.filter(authority_id=actor.authority_id, id=membership_id)
    held = rows.select_related("user", "role", "area").first()
    if held is None:
        raise NotFound()
    return held
