"""What the clearance does when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.clearance import operations
from fugong.core.facts import DeliveredFact
from fugong.people import queries as people


def follow_person(fact: DeliveredFact, now: datetime) -> None:
    """A file was opened or corrected, somebody begins work or leaves: rules may ask for it."""
    _recompute("person", fact, now)


def follow_merge(fact: DeliveredFact, now: datetime) -> None:
    """Two files are one person now, or are two again: what was recorded of one bears on the other, or not."""
    for name in ("kept", "other"):
        _recompute(name, fact, now)


def follow_import(fact: DeliveredFact, now: datetime) -> None:
    """A list of staff was taken over: of everybody in it the file says something new."""
    batch = UUID(str(fact.payload["batch"]))
    ids = {each.person_id for each in people.people_of_import(fact.authority_id, batch)}
    operations.recompute_people(ids, fact.authority_id, now=now)


def _recompute(name: str, fact: DeliveredFact, now: datetime) -> None:
    operations.recompute_person(UUID(str(fact.payload[name])), fact.authority_id, now=now)
