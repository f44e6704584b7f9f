"""What is hashed, and how one hash leads to the next. Pure."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from uuid import UUID

from fugong.core.audit.models import AuditEntry, AuditSeal
from fugong.core.canonical import canonical_bytes, digest


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain. Kept elsewhere (on paper, by the superior body) it shows up a cut-off tail."""

    position: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.position}:{self.hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError when the text is not what `str` gives."""
        position, _, hexadecimal = text.strip().partition(":")
        if not position.isdigit() or len(hexadecimal) != 64:
            raise ValueError("a head is written POSITION:HASH, with 64 hexadecimal digits")
        return cls(int(position), bytes.fromhex(hexadecimal))


def genesis(authority_id: UUID) -> bytes:
    """What an authority's first link follows: no chain can be passed off as another authority's."""
    return sha256(b"fugong audit 1\0" + authority_id.bytes).digest()


def entry_hash(entry: AuditEntry) -> bytes:
    """Over every column of the entry; what it says cannot be changed without changing this."""
    return digest(
        {
            "v": 1,
            "id": entry.id,
            "authority": entry.authority_id,
            "actor_id": entry.actor_id,
            "actor_name": entry.actor_name,
            "action": entry.action,
            "subject_kind": entry.subject_kind,
            "subject_id": entry.subject_id,
            "changes": entry.changes,
            "note": entry.note,
            "at": entry.at,
            "recorded_at": entry.recorded_at,
        }
    )


def link_hash(previous: bytes, entry: bytes) -> bytes:
    """Of the link that holds `entry` (a hash) after the link with hash `previous`."""
    return sha256(previous + entry).digest()


def seal_message(seal: AuditSeal) -> bytes:
    """What the seal's keyed check covers."""
    return canonical_bytes(
        {
            "v": 1,
            "authority": seal.authority_id,
            "number": seal.number,
            "first": seal.first_position,
            "last": seal.last_position,
            "count": seal.count,
            "previous": bytes(seal.previous_hash).hex(),
            "hash": bytes(seal.hash).hex(),
            "sealed_at": seal.sealed_at,
        }
    )
