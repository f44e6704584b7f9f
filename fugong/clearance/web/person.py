"""One person's level as a panel: on the file, on its own page, and on the worker's phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fugong.clearance import queries
from fugong.clearance.choices import SEE, AppealState, HandState
from fugong.clearance.web import shown
from fugong.core.actor import Actor


def section(actor: Actor, person: Any, now: datetime) -> Mapping[str, object] | None:
    """For the page of the person's file."""
    if not actor.may(SEE):
        return None
    return panel_of(actor, person, now)


def panel_of(actor: Actor, person: Any, now: datetime) -> dict[str, object]:
    found = queries.clearance_of(person.id, now=now)
    table = queries.table_of(found.version_id)
    hands = queries.list_hands_of(person.id)
    appeals = queries.list_appeals_of(person.id)
    ways = shown.ways_of(actor, person.enterprise)
    waits = any(row.state == HandState.PROPOSED for row in hands)
    contested = any(row.state == AppealState.OPEN for row in appeals)
    return {
        "person_id": person.id,
        "status": shown.status_of(found),
        "terms": shown.terms_of(found),
        "missing": shown.to_do_of(found, table),
        "why": shown.why_of(found, playbook=shown.version_name(found)),
        "hands": [(row, shown.hand_status(row, now=now)) for row in hands],
        "appeals": [(row, shown.appeal_status(row), shown.appeal_clock(row, now=now)) for row in appeals],
        "may_propose": ways["propose"] and bool(table and table.reasons) and not waits,
        "may_appeal": ways["appeal"] and not contested and any(each.restricts for each in found.reasons),
    }


def own_section(worker: Any, now: datetime) -> Mapping[str, object] | None:
    """For the person's own phone: the level, why, until when, what to do, and the way to contest it."""
    found = queries.clearance_of(worker.person_id, now=now)
    table = queries.table_of(found.version_id)
    appeals = queries.list_appeals_of(worker.person_id)
    hands = [row for row in queries.list_hands_of(worker.person_id) if row.state == HandState.CONFIRMED]
    contested = any(row.state == AppealState.OPEN for row in appeals)
    return {
        "status": shown.status_of(found),
        "terms": shown.terms_of(found),
        "missing": shown.to_do_of(found, table),
        "why": shown.why_of(
            found, playbook=shown.version_name(found), is_open=not found.is_free, links=False
        ),
        "hands": [row for row in hands if row.expires_at and row.expires_at > now],
        "appeals": [(row, shown.appeal_status(row), shown.appeal_clock(row, now=now)) for row in appeals[:3]],
        "may_appeal": not contested and any(each.restricts for each in found.reasons),
    }
