"""Who may report for whom, see what was reported, and look after an incident.

A worker reports for itself, and as crew leader for its crew; it holds no permission and is asked by its own
id. The system itself (a set-up, a replay) may report for anybody.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.health import choices
from fugong.health.choices import HANDLE, KIOSKS, QUALITY, REPORT_FOR, SEE

PERMISSIONS = choices.PERMISSIONS


class Workplace(Protocol):
    """An enterprise, as far as a permission asks about it."""

    @property
    def id(self) -> UUID: ...

    @property
    def area_id(self) -> UUID: ...


def may_at(actor: Actor, place: Workplace | None, permission: str) -> bool:
    """Of somebody employed nowhere, only whoever holds it in the whole authority."""
    if not actor.may(permission):
        return False
    reach = actor.reach(permission)
    if place is None:
        return reach.everywhere
    return place.id in actor.single_enterprises or reach.covers(place.area_id)


def check_at(actor: Actor, place: Workplace | None, permission: str) -> None:
    if not may_at(actor, place, permission):
        raise NotPermitted()


def may_report(
    actor: Actor, person_id: UUID, place: Workplace | None, *, led_crews: Collection[str] = (), crew: str = ""
) -> bool:
    """`led_crews` are those of the person's enterprise that the actor leads, `crew` the person's own."""
    if actor.is_system:
        return True
    is_own_crew = bool(crew) and crew in led_crews
    return actor.person_id == person_id or is_own_crew or may_at(actor, place, REPORT_FOR)


def check_may_see(actor: Actor) -> None:
    if not actor.may(SEE):
        raise NotPermitted()


def may_handle(actor: Actor, place: Workplace | None) -> bool:
    return may_at(actor, place, HANDLE)


def may_see_quality(actor: Actor) -> bool:
    return actor.may(QUALITY)


def check_may_see_quality(actor: Actor) -> None:
    if not may_see_quality(actor):
        raise NotPermitted()


def may_keep_kiosks(actor: Actor, place: Workplace) -> bool:
    return may_at(actor, place, KIOSKS)
