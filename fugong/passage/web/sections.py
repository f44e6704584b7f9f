"""What passages bring to other pages: the person's, the enterprise's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.passage import operations, queries
from fugong.passage.permissions import may_see_at
from fugong.passage.web.looking import LookForm, first_asked


def person_section(actor: Actor, person: Any, now: datetime) -> Mapping[str, object] | None:
    """The way to the days: where somebody was is told for a reason, and not to whoever opens the file."""
    if not operations.may_look_at(actor, person):
        return None
    return {"person": person, "form": LookForm(initial=first_asked(local_date(now)))}


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Mapping[str, object] | None:
    """Its gates, and the way to who is inside. Nothing for an enterprise without a gate."""
    if not may_see_at(actor, area_id=enterprise.area_id, enterprise_id=enterprise.id):
        return None
    gates = queries.gates_of_enterprise(actor.authority_id, enterprise.id, on=local_date(now))
    return {"gates": list(gates.values())} if gates else None
