"""What difficulties bring to other pages: the enterprise's, its timeline, and its contact's home page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.web.parts import Clock, Status
from fugong.core.web.parts import Step as Entry
from fugong.support import permissions, queries
from fugong.support.choices import RAISE
from fugong.support.models import Difficulty
from fugong.support.web.shown import clock_of, entry_of, status_of

NEWEST = 5
Row = dict[str, Difficulty | Status | Clock | None]


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Mapping[str, object] | None:
    """The newest difficulties of the enterprise; nothing for roles that have no part in them."""
    if not permissions.may_see(actor):
        return None
    found = queries.list_of_enterprise(enterprise.id, actor=actor, limit=NEWEST)
    return {"rows": _rows(found, now), "raise_for": _raise_for(actor, enterprise.id)}


def enterprise_steps(actor: Actor, enterprise: Any, now: datetime) -> list[Entry]:
    """When difficulties were raised and closed, for the enterprise's own timeline."""
    events = queries.list_milestones(enterprise.id, actor=actor)
    return [entry_of(event, note=event.difficulty.title) for event in events]


def home_panel(actor: Actor, now: datetime) -> tuple[str, Mapping[str, object]] | None:
    """For who speaks for an enterprise: where its difficulties stand, and the way to raise one."""
    if not actor.enterprises or not actor.may(RAISE):
        return None
    found = queries.list_open_of_own(actor, limit=NEWEST)
    return "support/parts/home_panel.html", {"rows": _rows(found, now)}


def _rows(difficulties: list[Difficulty], now: datetime) -> list[Row]:
    return [
        {"difficulty": each, "status": status_of(each), "clock": clock_of(each, now=now)}
        for each in difficulties
    ]


def _raise_for(actor: Actor, enterprise_id: UUID) -> UUID | None:
    return enterprise_id if permissions.may_raise(actor, enterprise_id) else None
