"""Putting a fact into the outbox, and a dead one back on its way."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from fugong.core.canonical import as_json
from fugong.core.facts.models import Fact


def record(*, authority_id: UUID, name: str, payload: Mapping[str, object], at: datetime) -> Fact:
    """In the caller's transaction: it is told if and only if that commits. Ids and times become text."""
    row = _row(authority_id, name, payload, at)
    row.save(force_insert=True)
    return row


def record_each(
    authority_id: UUID, name: str, payloads: Iterable[Mapping[str, object]], *, at: datetime
) -> None:
    """As `record`, many of one name, in few statements."""
    rows = [_row(authority_id, name, payload, at) for payload in payloads]
    Fact.objects.bulk_create(rows, batch_size=1000)


def _row(authority_id: UUID, name: str, payload: Mapping[str, object], at: datetime) -> Fact:
    return Fact(authority_id=authority_id, name=name, payload=as_json(payload), at=at, due_at=at)


def revive(fact_id: UUID, *, now: datetime) -> bool:
    """A dead fact is due again, with all its attempts before it. False when it is not dead (any more).

    Call it inside an operation, which records who did so. Handlers that have answered are not asked again.
    """
    dead = Fact.objects.filter(id=fact_id, dead_at__isnull=False)
    return bool(dead.update(dead_at=None, attempts=0, due_at=now))
