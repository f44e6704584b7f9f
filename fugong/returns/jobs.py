"""What returns do when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.facts import DeliveredFact
from fugong.returns import operations


def redecide_person(fact: DeliveredFact, now: datetime) -> None:
    """More is known of a person: where from, where lately. The fact names it under `person`."""
    operations.redecide_person(UUID(str(fact.payload["person"])), fact.authority_id, now=now)
