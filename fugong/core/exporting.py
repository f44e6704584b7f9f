"""Carrying a list out of the system: permitted, recorded with its reason, and marked for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.core.operation import operation
from fugong.core.refusals import NotPermitted

# Declared further down, by accounts.
MAKE: Final = "exports.make"
UNMASK: Final = "exports.unmask"


def may_export(actor: Actor, needs: Collection[str] = (MAKE,)) -> bool:
    """`needs` are all the permissions that the list asks for. The system itself may."""
    return actor.is_system or all(map(actor.may, needs))


def record_export(
    asked: Mapping[str, object],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    needs: Collection[str] = (MAKE,),
) -> str:
    """Keeps what is taken and what for; gives the line that the file carries. Raises NotPermitted."""
    with operation("exports.make", actor=actor, now=now) as op:
        if not may_export(actor, needs):
            raise NotPermitted()
        op.audit(None, dict(asked), note=reason)
    made_at = now.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    return _("Made for %(name)s at %(time)s: %(reason)s") % {
        "name": actor.name,
        "time": made_at,
        "reason": reason,
    }
