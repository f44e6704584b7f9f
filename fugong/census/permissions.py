"""Who may make campaigns, work their lists and see their totals.

The system itself may add later joiners; it calls nobody.
"""

from __future__ import annotations

from uuid import UUID

from fugong.census.choices import CALL, PERMISSIONS, RUN, SEE
from fugong.census.models import Call, Campaign, Case
from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted

__all__ = ["CALL", "PERMISSIONS", "RUN", "SEE"]


def may_run(actor: Actor, area_id: UUID | None) -> bool:
    """Where the permission holds; a campaign over the whole authority asks for all of it."""
    reach = actor.reach(RUN)
    ground = reach.everywhere if area_id is None else reach.covers(area_id)
    return actor.may(RUN) and ground


def check_may_run(actor: Actor, area_id: UUID | None) -> None:
    if not may_run(actor, area_id):
        raise NotPermitted()


def may_call(actor: Actor, case: Case) -> bool:
    """In its areas, for its own enterprise, or in its care."""
    if not actor.may(CALL):
        return False
    if case.enterprise_id is not None and case.enterprise_id in actor.single_enterprises:
        return True
    reach = actor.reach(CALL)
    return reach.everywhere or (case.area_id is not None and case.area_id in reach.areas)


def check_may_call(actor: Actor, case: Case) -> None:
    if not may_call(actor, case):
        raise NotPermitted()


def check_may_take_back(actor: Actor, call: Call, campaign: Campaign) -> None:
    """Whoever made the entry, or whoever runs the campaign."""
    if call.by is not None and call.by == actor.user_id:
        return
    check_may_run(actor, campaign.area_id)


def may_add_names(actor: Actor, enterprise_id: UUID, area_id: UUID) -> bool:
    """For its own enterprise, or where it runs campaigns."""
    return (actor.may(CALL) and enterprise_id in actor.enterprises) or may_run(actor, area_id)
