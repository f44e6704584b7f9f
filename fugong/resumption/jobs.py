"""What resumption does when something has happened elsewhere. Safe to be told twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.accounts.choices import ENTERPRISE
from fugong.core.facts import DeliveredFact
from fugong.resumption import operations


def owe_visit_anew(fact: DeliveredFact, now: datetime) -> None:
    """Others answer for an enterprise: a visit that is still owed is owed by them."""
    if fact.payload["subject_kind"] == ENTERPRISE:
        operations.owe_visit_anew(UUID(str(fact.payload["subject"])), fact.authority_id, now=now)


def end_for_leaver(fact: DeliveredFact, now: datetime) -> None:
    """An enterprise that has left holds no certificate and waits for no decision."""
    operations.end_for_leaver(UUID(str(fact.payload["enterprise"])), fact.authority_id, now=now)
