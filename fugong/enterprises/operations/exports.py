"""Carrying a list out of the system: recorded with its reason, and marked for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.core.operation import operation
from fugong.enterprises import permissions


def record_export(asked: Mapping[str, object], *, reason: str, actor: Actor, now: datetime) -> str:
    """Keeps what is taken and what for; gives the line that the file carries. Raises NotPermitted."""
    with operation("enterprises.export", actor=actor, now=now) as op:
        permissions.check_may_export(actor)
        op.audit(None, dict(asked), note=reason)
    made_at = now.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    return _("Made for %(name)s at %(time)s: %(reason)s") % {
        "name": actor.name,
        "time": made_at,
        "reason": reason,
    }
