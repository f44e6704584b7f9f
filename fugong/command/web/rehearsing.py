"""A proposed playbook tried on the record: whose level would be another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import chain, islice
from typing import Any
from uuid import UUID

from fugong.clearance import queries as clearance
from fugong.clearance.choices import SEE
from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.people import queries as people
from fugong.playbooks.facts import ClearanceTable, Playbook

MOST = 200
"""People shown by name; more are counted."""


def levels(actor: Actor, playbook: Playbook, from_day: date, now: datetime) -> Mapping[str, object] | None:
    """Counts first, then the people this reader may see. None where neither playbook knows levels."""
    found = clearance.rehearse(playbook, from_day=from_day, now=now)
    if found.before is None and found.after is None:
        return None
    turns = [
        {
            "before": _name(turn.before, found.before),
            "after": _name(turn.after, found.after),
            "number": len(turn.people),
            "ids": turn.people,
        }
        for turn in found.turns
    ]
    named = _people(actor, found) if actor.may(SEE) else []
    return {
        "turns": turns,
        "changed": found.changed,
        "looked_at": found.looked_at,
        "at": found.at,
        "people": named,
        "more": max(found.changed - len(named), 0) if named else 0,
    }


def _people(actor: Actor, found: clearance.Rehearsal) -> list[dict[str, Any]]:
    turn_of = {id_: turn for turn in found.turns for id_ in turn.people}
    first: list[UUID] = list(islice(chain.from_iterable(turn.people for turn in found.turns), MOST))
    return [
        {
            "id": person.id,
            "name": person.name,
            "enterprise": person.enterprise.name if person.enterprise else "",
            "before": _name(turn_of[person.id].before, found.before),
            "after": _name(turn_of[person.id].after, found.after),
        }
        for person in people.list_people(actor).filter(id__in=first)
    ]


def _name(level: str, table: ClearanceTable | None) -> str:
    return in_language(**clearance.named_level(level, table))
