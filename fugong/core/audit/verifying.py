"""The check of a chain: recomputes it from the rows and names the first one that is not as it was."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from fugong.core.audit.chain import Head, entry_hash, genesis, link_hash, seal_message
from fugong.core.audit.diagnosis import harm_of_entry, harm_of_link
from fugong.core.audit.models import AuditEntry, AuditLink, AuditSeal
from fugong.core.audit.sealing import MAC_PURPOSE
from fugong.core.audit.verdicts import Fault, Harm, Verdict
from fugong.core.sealed import KeyLost, KeyRing, key_ring
from fugong.core.tenancy import acting_for

OLD = timedelta(minutes=15)
"""After this long an entry should have been sealed; the sealer runs every second."""
_AT_A_TIME = 2000


@dataclass(slots=True)
class _Walk:
    """Where the check stands: the last good link, and the one before it."""

    authority_id: UUID
    ring: KeyRing
    position: int
    before: bytes
    hash: bytes
    number: int = 0
    unproven: int = 0


def verify(authority_id: UUID, *, expected_head: Head | None = None) -> Verdict:
    """Reads the whole chain once, in pieces, so its length does not matter for memory.

    Does not rely on triggers or grants: a row altered by the tables' owner is found all the same. A chain
    whose end was cut off cleanly is found only against a head that was kept elsewhere (`expected_head`).
    """
    with acting_for(authority_id):
        start = genesis(authority_id)
        walk = _Walk(authority_id, key_ring(), position=0, before=start, hash=start)
        fault = _walk_seals(walk) or _after_last_seal(walk) or _against(walk, expected_head)
        fault = fault or _oldest_unsealed(authority_id)
        waiting = _unsealed(authority_id).count()
    head = Head(walk.position, walk.hash) if walk.position else None
    return Verdict(authority_id, walk.position, head, fault, waiting=waiting, unproven=walk.unproven)


def find_head(authority_id: UUID) -> Head | None:
    """The end of the chain as it stands, unchecked; None when nothing has been sealed."""
    with acting_for(authority_id):
        last = AuditSeal.objects.filter(authority_id=authority_id).order_by("-number").first()
    return Head(last.last_position, bytes(last.hash)) if last else None


def _walk_seals(walk: _Walk) -> Fault | None:
    for seal in _seals(walk.authority_id):
        fault = _seal_follows(walk, seal) or _walk_links(walk, seal) or _seal_closes(walk, seal)
        if fault:
            return fault
        walk.number = seal.number
    return None


def _walk_links(walk: _Walk, seal: AuditSeal) -> Fault | None:
    for link, entry in _links(walk.authority_id, seal.first_position, seal.last_position):
        fault = _check_link(walk, link, entry)
        if fault:
            return fault
        walk.before, walk.hash, walk.position = walk.hash, bytes(link.hash), link.position
    if walk.position < seal.last_position:
        return Fault(Harm.MISSING, walk.position + 1)
    return None


def _check_link(walk: _Walk, link: AuditLink, entry: AuditEntry | None) -> Fault | None:
    if link.position != walk.position + 1:
        return Fault(Harm.MISSING, walk.position + 1)
    if link_hash(walk.hash, bytes(link.entry_hash)) != bytes(link.hash):
        return harm_of_link(link, previous=walk.hash, before_previous=walk.before)
    if entry is None:
        return Fault(Harm.MISSING, link.position, link.pk)
    if entry_hash(entry) != bytes(link.entry_hash):
        return harm_of_entry(link, entry)
    return None


def _seal_follows(walk: _Walk, seal: AuditSeal) -> Fault | None:
    if seal.number != walk.number + 1 or seal.first_position > walk.position + 1:
        return Fault(Harm.MISSING, walk.position + 1)
    if seal.first_position != walk.position + 1 or bytes(seal.previous_hash) != walk.hash:
        return Fault(Harm.SEAL, seal.first_position)
    return None


def _seal_closes(walk: _Walk, seal: AuditSeal) -> Fault | None:
    if bytes(seal.hash) != walk.hash:
        return Fault(Harm.SEAL, seal.last_position)
    try:
        expected = walk.ring.mac(MAC_PURPOSE, seal_message(seal), fingerprint=seal.mac_key)
    except KeyLost:
        walk.unproven += 1
        return None
    return None if hmac.compare_digest(expected, bytes(seal.mac)) else Fault(Harm.SEAL, seal.first_position)


def _after_last_seal(walk: _Walk) -> Fault | None:
    """A link that no seal covers. Asked in one statement: a sealer may be adding both at this moment."""
    covering = AuditSeal.objects.filter(
        authority_id=walk.authority_id,
        number__gt=walk.number,
        first_position__lte=OuterRef("position"),
        last_position__gte=OuterRef("position"),
    )
    extra = AuditLink.objects.filter(
        ~Exists(covering), authority_id=walk.authority_id, position__gt=walk.position
    )
    link = extra.order_by("position").first()
    return Fault(Harm.INSERTED, link.position, link.pk) if link else None


def _against(walk: _Walk, expected: Head | None) -> Fault | None:
    if expected is None:
        return None
    if expected.position > walk.position:
        return Fault(Harm.TAIL, walk.position + 1)
    link = AuditLink.objects.filter(authority_id=walk.authority_id, position=expected.position).first()
    if link is None or bytes(link.hash) != expected.hash:
        return Fault(Harm.TAIL, expected.position, link.pk if link else None)
    return None


def _oldest_unsealed(authority_id: UUID) -> Fault | None:
    # By the database's clock, which wrote recorded_at; a demo's clock stands elsewhere.
    entry = _unsealed(authority_id).filter(recorded_at__lt=Now() - OLD).order_by("recorded_at").first()
    return Fault(Harm.UNSEALED, None, entry.id) if entry else None


def _unsealed(authority_id: UUID) -> QuerySet[AuditEntry]:
    linked = AuditLink.objects.filter(entry=OuterRef("pk"))
    return AuditEntry.objects.filter(~Exists(linked), authority_id=authority_id)


def _seals(authority_id: UUID) -> Iterator[AuditSeal]:
    number = 0
    while True:
        page = AuditSeal.objects.filter(authority_id=authority_id, number__gt=number).order_by("number")
        seals = list(page[:_AT_A_TIME])
        yield from seals
        if len(seals) < _AT_A_TIME:
            return
        number = seals[-1].number


def _links(authority_id: UUID, first: int, last: int) -> Iterator[tuple[AuditLink, AuditEntry | None]]:
    position = first - 1
    while position < last:
        page = AuditLink.objects.filter(
            authority_id=authority_id, position__gt=position, position__lte=last
        ).order_by("position")
        links = list(page[:_AT_A_TIME])
        entries = AuditEntry.objects.in_bulk([link.pk for link in links])
        for link in links:
            yield link, entries.get(link.pk)
        if len(links) < _AT_A_TIME:
            return
        position = links[-1].position
