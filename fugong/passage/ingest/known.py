"""What the process holds in memory to answer at once: people's levels, gates, devices, keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from fugong.passage.ingest import arrays
from fugong.passage.rules.deciding import GateRules, Known
from fugong.passage.rules.quick import Reader


@dataclass(slots=True)
class Person:
    """Or a visitor, or a vehicle. `name` is masked already: no gate is sent another one."""

    known: Known
    name: str
    cell: bytes
    """The id as a cell of its column."""


@dataclass(slots=True)
class Presence:
    """Who is inside what a gate leads into, by the last passage of each."""

    last: dict[bytes, int] = field(default_factory=dict)
    """By subject, its last passage: microseconds since 1970 UTC, below zero where it went out."""
    inside: int = 0

    def passes(self, subject: bytes, at: int, *, into: bool) -> None:
        """In any order: what is older than what is known changes nothing."""
        before = self.last.get(subject, 0)
        if at <= abs(before):
            return
        self.last[subject] = at if into else -at
        self.inside += into - (before > 0)

    def forget(self, before: int) -> None:
        """Whoever has not been seen since that moment is inside no longer as far as anybody knows."""
        for subject in [subject for subject, at in self.last.items() if abs(at) < before]:
            self.inside -= self.last.pop(subject) > 0


Passage: TypeAlias = tuple[Presence, bytes, int, bool]
"""Where, who, when (microseconds since 1970 UTC), and whether inwards."""


def remember(passage: Passage) -> None:
    """When it is durable."""
    presence, subject, at, into = passage
    presence.passes(subject, at, into=into)


@dataclass(slots=True)
class Gate:
    """`presence` is shared by the gates of one zone."""

    id: UUID
    number: int
    name: str
    rules: GateRules
    directions: str = "both"
    is_open: bool = True
    presence: Presence = field(default_factory=Presence)
    cell: bytes = b""

    def __post_init__(self) -> None:
        self.cell = arrays.int4(self.number)


@dataclass(slots=True)
class Device:
    """By the hash of its token. One that was ended is not here."""

    id: UUID
    gates: frozenset[int]
    state: State
    list_key: bytes = b""
    cell: bytes = b""

    def __post_init__(self) -> None:
        self.cell = arrays.uuid(self.id.bytes)


@dataclass(slots=True)
class State:
    """Of one authority. Replaced piece by piece as the database tells; read by every scan."""

    authority: UUID
    people: dict[bytes, Person] = field(default_factory=dict)
    guests: dict[bytes, Person] = field(default_factory=dict)
    """Visits and vehicle passes, by their ids."""
    numbers: dict[str, bytes] = field(default_factory=dict)
    """Plates of vehicles with a pass: the pass."""
    gates: dict[int, Gate] = field(default_factory=dict)
    devices: dict[bytes, Device] = field(default_factory=dict)
    secrets: Mapping[int, bytes] = field(default_factory=dict)
    public_keys: Mapping[int, bytes] = field(default_factory=dict)
    reader: Reader = field(default_factory=lambda: Reader({}))
    revoked: set[bytes] = field(default_factory=set)
    """Person and phone, 20 bytes: lost ones."""
    serials: set[int] = field(default_factory=set)
    """Of cards taken back."""
