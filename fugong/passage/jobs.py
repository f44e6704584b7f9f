"""What gates and codes do when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.facts import DeliveredFact
from fugong.passage import operations


def revoke_phone(fact: DeliveredFact, now: datetime) -> None:
    """A phone was lost, replaced or given back."""
    operations.revoke_codes_of(UUID(str(fact.payload["phone"])), fact.authority_id, now=now)
