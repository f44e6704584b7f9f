"""What returns do when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.facts import DeliveredFact
from fugong.people import queries as people
from fugong.returns import operations


def redecide_person(fact: DeliveredFact, now: datetime) -> None:
    """More is known of a person: where from, where lately. The fact names it under `person`."""
    operations.redecide_person(UUID(str(fact.payload["person"])), fact.authority_id, now=now)


def redecide_import(fact: DeliveredFact, now: datetime) -> None:
    """A list of staff may say where somebody is from, or that somebody is one's own now."""
    batch = UUID(str(fact.payload["batch"]))
    ids = [each.person_id for each in people.people_of_import(fact.authority_id, batch)]
    operations.redecide_people(ids, fact.authority_id, now=now)
