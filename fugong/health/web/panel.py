"""The panel of incidents under way, which renews itself on the page of whoever has to act."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from fugong.clearance.queries import Clearance, clearances_of
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.health import queries
from fugong.health.choices import HANDLE, SEE, IncidentState
from fugong.health.models import Incident
from fugong.health.permissions import may_handle
from fugong.health.web import shown

MOST: Final = 20


def home_panel(actor: Actor, now: datetime) -> tuple[str, Mapping[str, object]] | None:
    """For those who look after incidents, and for the enterprises whose people they are."""
    if not actor.may(HANDLE) and not (actor.may(SEE) and actor.enterprises):
        return None
    return "health/parts/panel.html", live_values(actor, now=now)


def live_values(actor: Actor, *, now: datetime) -> dict[str, object]:
    """`seen` changes with everything the panel shows, but not with the time that passes."""
    incidents = queries.list_under_way(actor, limit=MOST)
    terms = queries.find_terms(local_date(now)) if incidents else None
    levels = clearances_of([each.person_id for each in incidents], now=now)
    reasons = queries.latest_decisions(incidents) if incidents else {}
    playbook = terms.playbook if terms else None
    rows = [
        _row(each, levels[each.person_id], actor, now) | {"why": shown.why_of(reasons.get(each.id), playbook)}
        for each in incidents
    ]
    seen = "-".join(f"{row['id']}{row['state']}{row['level']}" for row in rows)
    return {"rows": rows, "seen": _short(seen)}


def _row(incident: Incident, level: Clearance, actor: Actor, now: datetime) -> dict[str, object]:
    is_mine = may_handle(actor, incident.enterprise)
    return {
        "id": incident.id,
        "state": incident.state,
        "level": level.level,
        "incident": incident,
        "title": shown.title_of(incident),
        "status": shown.status_of(incident),
        "clock": shown.clock_of(incident, now=now),
        "clearance": level,
        "may_look_after": is_mine and incident.state == IncidentState.OPEN,
        "may_close": is_mine and incident.state == IncidentState.LOOKED_AFTER,
    }


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
