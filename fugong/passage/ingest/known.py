"""What the process holds in memory to answer at once: people's levels, gates, devices, keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from fugong.passage.rules.deciding import GateRules, Known


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is masked already: no gate is sent another one."""

    known: Known
    name: str


@dataclass(frozen=True, slots=True)
class Gate:
    number: int
    rules: GateRules
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Device:
    """By the hash of its token. A revoked one is not here."""

    id: UUID
    gates: frozenset[int]


@dataclass(slots=True)
class State:
    """Of one authority. Replaced piece by piece as the database tells; read by every scan."""

    authority: UUID
    people: dict[bytes, Person] = field(default_factory=dict)
    gates: dict[int, Gate] = field(default_factory=dict)
    devices: dict[bytes, Device] = field(default_factory=dict)
    secrets: Mapping[int, bytes] = field(default_factory=dict)
    revoked: set[bytes] = field(default_factory=set)
    """Person and phone, 20 bytes: lost ones."""
