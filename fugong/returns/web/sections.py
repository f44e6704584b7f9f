"""What a person's page and an enterprise's page show of returns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.returns import permissions, queries
from fugong.returns.choices import OPEN
from fugong.returns.web.shown import apart_of, state_status

Values = Mapping[str, object]
MOST = 10


def person_section(actor: Actor, person: Any, now: datetime) -> Values | None:
    if not actor.may(permissions.SEE):
        return None
    rows = queries.list_of_person(person.id, actor=actor)
    place = person.enterprise
    may_plan = place is not None and permissions.may_plan(actor, place.id, place.area_id)
    return {
        "rows": [_line(row) for row in rows[:MOST]],
        "plan_for": person.id if may_plan and not any(row.state in OPEN for row in rows) else None,
    }


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Values | None:
    if not actor.may(permissions.SEE):
        return None
    rows = queries.list_returns(actor).filter(enterprise_id=enterprise.id).open()
    return {"rows": [_line(row) for row in rows[:MOST]], "by_person": True}


def _line(row: Any) -> dict[str, object]:
    return {"row": row, "status": state_status(row), "apart": apart_of(row)}
