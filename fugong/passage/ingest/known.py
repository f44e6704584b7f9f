"""What the process holds in memory to answer at once: people's levels, gates, devices, keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
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
    """Who is inside what a gate leads into, by the last passage of each.

    Known when a scan is judged, before it is durable: where the database is away the same scan comes again,
    and changes nothing then.
    """

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


@dataclass(slots=True)
class Gate:
    """`presence` is shared by the gates of one zone."""

    id: UUID
    number: int
    name: str
    rules: GateRules
    zone: str = ""
    """Gates of one zone share one presence."""
    directions: str = "both"
    measures: str = "may"
    """Whether temperatures are taken, as the playbook has it: always, may, no."""
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


REPLACED: Final = (
    *("people", "documents", "hash_number", "guests", "ended", "visiting", "plates", "gates", "devices"),
    *("secrets", "public_keys", "reader", "revoked", "levels", "_interned"),
)


@dataclass(slots=True)
class State:
    """Of one authority. Replaced piece by piece as the database tells; read by every scan."""

    authority: UUID
    people: dict[bytes, Person] = field(default_factory=dict)
    documents: dict[bytes, bytes] = field(default_factory=dict)
    """By the search hash of the document's number: whose it is."""
    hash_number: Callable[[str], bytes] | None = None
    guests: dict[bytes, Person] = field(default_factory=dict)
    """Visits and vehicle passes, by their ids; `ended` are those that were taken back before their time."""
    ended: set[bytes] = field(default_factory=set)
    visiting: set[UUID] = field(default_factory=set)
    """People with a file who are invited somewhere: their level is the visitor's too."""
    plates: dict[str, bytes] = field(default_factory=dict)
    """Of vehicles with a pass: the pass."""
    gates: dict[int, Gate] = field(default_factory=dict)
    presences: dict[str, Presence] = field(default_factory=dict)
    devices: dict[bytes, Device] = field(default_factory=dict)
    secrets: Mapping[int, bytes] = field(default_factory=dict)
    public_keys: Mapping[int, bytes] = field(default_factory=dict)
    reader: Reader = field(default_factory=lambda: Reader({}))
    revoked: set[bytes] = field(default_factory=set)
    """Person and phone, or person and serial of the card: 20 bytes."""
    levels: dict[str, dict[str, str]] = field(default_factory=dict)
    """Names of the levels by language."""
    _interned: dict[Known, Known] = field(default_factory=dict)

    def interned(self, known: Known) -> Known:
        """One object for all of whom the same is known: most people differ in nothing a gate asks for."""
        return known if known.until else self._interned.setdefault(known, known)

    def replace_by(self, fresh: State) -> None:
        """All but who is inside. Devices point here as before."""
        for name in REPLACED:
            setattr(self, name, getattr(fresh, name))
        for gate in self.gates.values():
            gate.presence = self.presences.setdefault(gate.zone, gate.presence)
        for device in self.devices.values():
            device.state = self
