"""Where each thing that a file says came from: read from what was done to it, the oldest act first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from fugong.people.choices import Way
from fugong.people.rules.data import PersonData

FIELDS: Final = frozenset(PersonData.__dataclass_fields__)


class Act(Protocol):
    """An audit entry, as far as it is asked here."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def changes(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Who said it, when, and by which way; `way` is empty for a correction by hand."""

    at: datetime
    by: str
    way: str = ""


def origins_of(acts: Iterable[Act]) -> dict[str, Origin]:
    """By the field; the last act that said something of a field is where it came from."""
    found: dict[str, Origin] = {}
    for act in acts:
        way = str(act.changes.get("way", ""))
        origin = Origin(act.at, act.actor_name, way if way in Way.values else "")
        found |= dict.fromkeys(act.changes.keys() & FIELDS, origin)
    return found
