"""What duties do when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.facts import DeliveredFact
from fugong.duties import operations


def release_enterprise(fact: DeliveredFact, now: datetime) -> None:
    """An enterprise that has left owes nothing any more. The fact names it under `enterprise`."""
    operations.release_enterprise(UUID(str(fact.payload["enterprise"])), fact.authority_id, now=now)
