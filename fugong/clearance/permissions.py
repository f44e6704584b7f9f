"""Who may see levels, put somebody at one, confirm it, appeal, and answer.

Each needs the permission, and ground: the park of the person's enterprise, the enterprise, or care of it.
The person needs neither to appeal for itself.
"""

from __future__ import annotations

from typing import Final, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.clearance.choices import ANSWER, APPEAL, CONFIRM, PROPOSE, SEE
from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted


class Workplace(Protocol):
    """An enterprise, as far as a permission asks about it."""

    @property
    def id(self) -> UUID: ...

    @property
    def area_id(self) -> UUID: ...


PERMISSIONS: Final = {
    SEE: _("see at which level people stand, and why"),
    PROPOSE: _("propose a restrictive level by hand"),
    CONFIRM: _("confirm a level by hand as the second person"),
    APPEAL: _("appeal for a worker"),
    ANSWER: _("answer appeals against levels"),
}
LIFTING: Final = (PROPOSE, CONFIRM, ANSWER)


def may_at(actor: Actor, permission: str, place: Workplace | None) -> bool:
    """Of somebody employed nowhere, only whoever sees the whole authority."""
    if not actor.may(permission):
        return False
    reach = actor.reach(permission)
    if place is None:
        return reach.everywhere
    return place.id in actor.single_enterprises or reach.covers(place.area_id)


def check_may_at(actor: Actor, permission: str, place: Workplace | None) -> None:
    if not may_at(actor, permission, place):
        raise NotPermitted()


def may_lift_at(actor: Actor, place: Workplace | None) -> bool:
    """Whoever has a part in levels here may end one that is shown to be wrong."""
    return any(may_at(actor, permission, place) for permission in LIFTING)
