"""What health brings to other pages: the person's, the enterprise's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.health import queries
from fugong.health.choices import HANDLE, REPORT_FOR, SEE
from fugong.health.permissions import may_at
from fugong.health.web.own import days_of
from fugong.health.web.shown import status_of

SHOWN = timedelta(days=13)


def person_section(actor: Actor, person: Any, now: datetime) -> Mapping[str, object] | None:
    """The last fourteen days and the incidents; nothing for roles that do not see health reports."""
    if not may_at(actor, person.enterprise, SEE):
        return None
    today = local_date(now)
    rows = queries.history_of(person.id, since=today - SHOWN, until=today, actor=actor)
    incidents = queries.list_of_person(person.id, actor=actor)
    return {
        "person": person,
        "days": days_of(rows, queries.find_terms(today)),
        "incidents": [(each, status_of(each)) for each in incidents],
        "may_report": may_at(actor, person.enterprise, REPORT_FOR),
        "may_notify": may_at(actor, person.enterprise, HANDLE),
    }


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Mapping[str, object] | None:
    """How many have reported today, and the way to who has not."""
    if not may_at(actor, enterprise, SEE) or queries.find_terms(local_date(now)) is None:
        return None
    found = queries.day_of_enterprise(enterprise.id, local_date(now), actor=actor)
    return {"found": found}
