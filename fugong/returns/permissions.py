"""Who may plan returns and confirm arrivals: for its own enterprise, or in its areas."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.returns.choices import PERMISSIONS, PLAN, SEE

__all__ = ["PERMISSIONS", "PLAN", "SEE"]


def may_plan(actor: Actor, enterprise_id: UUID, area_id: UUID) -> bool:
    if actor.is_system:
        return True
    if not actor.may(PLAN):
        return False
    return enterprise_id in actor.enterprises or actor.reach(PLAN).covers(area_id)


def check_may_plan(actor: Actor, enterprise_id: UUID, area_id: UUID) -> None:
    if not may_plan(actor, enterprise_id, area_id):
        raise NotPermitted()
