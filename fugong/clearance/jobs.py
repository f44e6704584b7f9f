"""What the clearance does when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.clearance import operations
from fugong.core.facts import DeliveredFact


def follow_person(fact: DeliveredFact, now: datetime) -> None:
    """A file was opened or corrected, somebody begins work or leaves: rules may ask for it."""
    operations.recompute_person(UUID(str(fact.payload["person"])), fact.authority_id, now=now)
