"""What an enterprise's own page shows of its people: how many have a file, and the ways to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.core.web.sections import Values
from fugong.people import queries
from fugong.people.permissions import SEE, may_register_at


def section(actor: Actor, enterprise: Any, now: datetime) -> Values | None:
    if not actor.may(SEE):
        return None
    may_register = may_register_at(actor, enterprise)
    return {
        "waiting": queries.list_waiting(actor).filter(enterprise_id=enterprise.id).count()
        if may_register
        else 0,
        "number": queries.list_people(actor).filter(enterprise_id=enterprise.id).count(),
        "normal_staff": enterprise.normal_staff,
        "may_register": may_register and enterprise.left_on is None,
    }
