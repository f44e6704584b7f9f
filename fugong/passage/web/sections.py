"""What an enterprise's page shows of its gates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.core.web.sections import Values
from fugong.passage.choices import SEE, GateKind
from fugong.passage.permissions import may_keep_gate
from fugong.passage.queries.gates import gates_of_enterprise


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Values | None:
    if not actor.may(SEE):
        return None
    may_keep = may_keep_gate(actor, GateKind.DOOR, area_id=enterprise.area_id, enterprise_id=enterprise.id)
    return {
        "gates": gates_of_enterprise(actor, enterprise.id),
        "may_open": may_keep and enterprise.left_on is None,
    }
