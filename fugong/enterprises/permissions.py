"""Who may see the register and write in it.

The system itself (a set-up from the command line, a replay) may do all of it; a person needs the permission
and an area that is his or hers.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.enterprises import choices

# `responsibility.*` are declared further down, by accounts.
SEE: Final = choices.SEE
REGISTER: Final = "enterprises.register"
EDIT: Final = "enterprises.edit"
IMPORT: Final = choices.IMPORT
SEE_RESPONSIBILITY: Final = "responsibility.see"
ASSIGN: Final = "responsibility.assign"

PERMISSIONS = {
    SEE: _("see enterprises"),
    REGISTER: _("enter enterprises on the register"),
    EDIT: _("change the register and record who left"),
    IMPORT: _("import enterprises from a file"),
}


def _may(actor: Actor, permission: str) -> bool:
    return actor.is_system or actor.may(permission)


def is_in_charge_of(actor: Actor, area_id: UUID, permission: str) -> bool:
    """Whether the area is ground on which the permission holds, if the actor has it."""
    return actor.reach(permission).covers(area_id)


def may_register(actor: Actor) -> bool:
    return _may(actor, REGISTER)


def check_may_register(actor: Actor, area_id: UUID) -> None:
    _check(actor, REGISTER, area_id)


def may_edit(actor: Actor, area_id: UUID) -> bool:
    return _may(actor, EDIT) and is_in_charge_of(actor, area_id, EDIT)


def check_may_edit(actor: Actor, area_id: UUID) -> None:
    _check(actor, EDIT, area_id)


def may_import(actor: Actor) -> bool:
    return _may(actor, IMPORT)


def check_may_import(actor: Actor) -> None:
    if not may_import(actor):
        raise NotPermitted()


def may_assign(actor: Actor, area_id: UUID) -> bool:
    return _may(actor, ASSIGN) and is_in_charge_of(actor, area_id, ASSIGN)


def check_may_assign(actor: Actor, area_id: UUID) -> None:
    _check(actor, ASSIGN, area_id)


def _check(actor: Actor, permission: str, area_id: UUID) -> None:
    if not _may(actor, permission):
        raise NotPermitted()
    if not is_in_charge_of(actor, area_id, permission):
        raise NotPermitted(_("This is outside the areas you look after."), code="area_not_yours")
