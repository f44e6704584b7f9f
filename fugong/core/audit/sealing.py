"""The sealer: chains an authority's new entries, in one order, each exactly once."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from fugong.core.audit.chain import entry_hash, genesis, link_hash, seal_message
from fugong.core.audit.models import AuditEntry, AuditLink, AuditPending, AuditSeal
from fugong.core.sealed import key_ring
from fugong.core.tenancy import acting_for

MAC_PURPOSE = "audit seal"


def seal(authority_id: UUID, *, now: datetime, limit: int = 2000) -> AuditSeal | None:
    """Chains up to `limit` committed entries, oldest first; None when there is nothing new.

    Takes a lock per authority until the transaction ends, so two sealers go one after the other. Costs what
    the new entries cost, however long the chain is.
    """
    with acting_for(authority_id), transaction.atomic():
        _lock(authority_id)
        waiting = list(AuditPending.objects.filter(authority_id=authority_id).order_by("pk")[:limit])
        if not waiting:
            return None
        AuditPending.objects.filter(pk__in=[pending.pk for pending in waiting]).delete()
        entries = AuditEntry.objects.in_bulk([pending.pk for pending in waiting])
        # An entry removed before it was sealed (by force: the application cannot) leaves nothing to chain.
        ordered = [entries[pending.pk] for pending in waiting if pending.pk in entries]
        return _chain(authority_id, ordered, now) if ordered else None


def seal_all(authority_id: UUID, *, now: datetime) -> int:
    """Until nothing waits; returns how many entries were chained."""
    sealed = 0
    while (batch := seal(authority_id, now=now)) is not None:
        sealed += batch.count
    return sealed


def _chain(authority_id: UUID, entries: list[AuditEntry], now: datetime) -> AuditSeal:
    last = AuditSeal.objects.filter(authority_id=authority_id).order_by("-number").first()
    position = last.last_position if last else 0
    before = bytes(last.hash) if last else genesis(authority_id)
    links, head = [], before
    for place, entry in enumerate(entries, start=position + 1):
        hashed = entry_hash(entry)
        head = link_hash(head, hashed)
        links.append(
            AuditLink(entry=entry, authority_id=authority_id, position=place, entry_hash=hashed, hash=head)
        )
    AuditLink.objects.bulk_create(links)
    batch = AuditSeal(
        authority_id=authority_id,
        number=last.number + 1 if last else 1,
        first_position=position + 1,
        last_position=position + len(links),
        count=len(links),
        previous_hash=before,
        hash=head,
        sealed_at=now,
    )
    return _signed(batch)


def _signed(batch: AuditSeal) -> AuditSeal:
    """Under a key of the ring: the owner of the database alone cannot make a chain that verifies."""
    ring = key_ring()
    batch.mac_key = ring.current
    batch.mac = ring.mac(MAC_PURPOSE, seal_message(batch), fingerprint=ring.current)
    batch.save(force_insert=True)
    return batch


def _lock(authority_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fugong.audit.{authority_id}"]
        )
