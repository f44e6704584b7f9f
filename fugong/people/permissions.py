"""Who may read files, write in them, and read a number in full.

The system itself (a set-up, a replay) may do all of it. A person needs the permission, and ground: the park
the enterprise lies in, or the enterprise it speaks for.
"""

from __future__ import annotations

from typing import Final, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.people import choices

SEE: Final = choices.SEE
REGISTER: Final = choices.REGISTER
UNMASK: Final = choices.UNMASK
MERGE: Final = choices.MERGE
CALL: Final = choices.CALL


class Workplace(Protocol):
    """An enterprise, as far as a permission asks about it."""

    @property
    def id(self) -> UUID: ...

    @property
    def area_id(self) -> UUID: ...


PERMISSIONS = {
    SEE: _("see the files of people"),
    REGISTER: _("open files of people and keep them"),
    CALL: _("telephone people; each number read is recorded"),
    UNMASK: _("read identity and telephone numbers in full"),
    MERGE: _("merge two files of one person, and undo it"),
}


def may_register_at(actor: Actor, place: Workplace) -> bool:
    return _may_at(actor, place, REGISTER)


def check_may_register_at(actor: Actor, place: Workplace) -> None:
    if not may_register_at(actor, place):
        raise NotPermitted()


def may_see_at(actor: Actor, place: Workplace) -> bool:
    """The files of those who are employed there now."""
    return place.id in actor.single_enterprises or actor.reach(SEE).covers(place.area_id)


def may_import(actor: Actor) -> bool:
    return _holds(actor, REGISTER)


def check_may_import(actor: Actor) -> None:
    if not may_import(actor):
        raise NotPermitted()


def may_keep_at(actor: Actor, place: Workplace | None) -> bool:
    """The file of somebody who works there; of somebody employed nowhere, whoever keeps files everywhere."""
    if place is None:
        return _holds(actor, REGISTER) and actor.reach(REGISTER).everywhere
    return may_register_at(actor, place)


def check_may_keep_at(actor: Actor, place: Workplace | None) -> None:
    if not may_keep_at(actor, place):
        raise NotPermitted()


def may_unmask_at(actor: Actor, place: Workplace | None) -> bool:
    """Of somebody employed nowhere, only whoever sees the whole authority."""
    return _may_somewhere(actor, place, UNMASK)


def may_merge_at(actor: Actor, place: Workplace | None) -> bool:
    """As `may_unmask_at`."""
    return _may_somewhere(actor, place, MERGE)


def _may_somewhere(actor: Actor, place: Workplace | None, permission: str) -> bool:
    if place is None:
        return _holds(actor, permission) and actor.reach(permission).everywhere
    return _may_at(actor, place, permission)


def may_call_at(actor: Actor, place: Workplace | None) -> bool:
    """Whoever may read all numbers may read this one; in its care, somebody who may only telephone."""
    if may_unmask_at(actor, place):
        return True
    if place is None:
        return _holds(actor, CALL) and actor.reach(CALL).everywhere
    return _may_at(actor, place, CALL) or (_holds(actor, CALL) and place.id in actor.cared_for)


def _may_at(actor: Actor, place: Workplace, permission: str) -> bool:
    if not _holds(actor, permission):
        return False
    return place.id in actor.enterprises or actor.reach(permission).covers(place.area_id)


def _holds(actor: Actor, permission: str) -> bool:
    return actor.is_system or actor.may(permission)
