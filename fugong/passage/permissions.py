"""Who keeps gates and may look at passages: in its areas, or for its own enterprise."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.passage.choices import (
    GUARD,
    INVITE,
    ISSUE,
    KEEP,
    KEYS,
    PERMISSIONS,
    SEE,
    SIGNS,
    TRACE,
    GateKind,
)

__all__ = ["GUARD", "INVITE", "ISSUE", "KEEP", "KEYS", "PERMISSIONS", "SEE", "SIGNS", "TRACE"]

OWN_KINDS = (GateKind.DOOR, GateKind.WORKSHOP)
"""What an enterprise keeps by itself: roads and venues are the authority's."""


def may_at(actor: Actor, permission: str, *, area_id: UUID | None, enterprise_id: UUID | None) -> bool:
    if actor.is_system:
        return True
    if not actor.may(permission):
        return False
    if enterprise_id is not None and enterprise_id in actor.enterprises:
        return True
    reach = actor.reach(permission)
    return reach.everywhere or (area_id is not None and reach.covers(area_id))


def check_may_at(actor: Actor, permission: str, *, area_id: UUID | None, enterprise_id: UUID | None) -> None:
    if not may_at(actor, permission, area_id=area_id, enterprise_id=enterprise_id):
        raise NotPermitted()


def may_keep_gate(actor: Actor, kind: str, *, area_id: UUID, enterprise_id: UUID | None) -> bool:
    own = enterprise_id if kind in OWN_KINDS else None
    return may_at(actor, KEEP, area_id=area_id, enterprise_id=own)


def check_may_keep_gate(actor: Actor, kind: str, *, area_id: UUID, enterprise_id: UUID | None) -> None:
    if not may_keep_gate(actor, kind, area_id=area_id, enterprise_id=enterprise_id):
        raise NotPermitted()


def may_pass(actor: Actor, area_id: UUID | None) -> bool:
    """Issue passes: never for the own enterprise alone, since they open roads."""
    return may_at(actor, ISSUE, area_id=area_id, enterprise_id=None)


def check_may_pass(actor: Actor, area_id: UUID | None) -> None:
    if not may_pass(actor, area_id):
        raise NotPermitted()


def may_see_guests(actor: Actor) -> bool:
    """Visitors and vehicles by name: for hosts, guards and whoever issues."""
    return any(map(actor.may, (INVITE, GUARD, ISSUE)))


def check_may_see_guests(actor: Actor) -> None:
    if not may_see_guests(actor):
        raise NotPermitted()


def may_see_at(actor: Actor, *, area_id: UUID | None, enterprise_id: UUID | None) -> bool:
    """Also of an enterprise in one's care."""
    if actor.may(SEE) and enterprise_id is not None and enterprise_id in actor.cared_for:
        return True
    return may_at(actor, SEE, area_id=area_id, enterprise_id=enterprise_id)
