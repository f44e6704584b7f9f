"""What a roll's page says of its people beyond their names, brought by the context that keeps their files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from fugong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as the actor may see it: nothing of whoever it may not see. The telephone is masked."""

    url: str = ""
    crew: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Whose roll it is: a crew (`kind`, `id`) or all the people of an enterprise, and for which period."""

    kind: str
    id: UUID
    enterprise_id: UUID | None
    period: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where those who owe a roll can do it for its people, such as a crew sheet."""

    label: str | Promise
    url: str


People = Callable[[Actor, Collection[UUID]], Mapping[UUID, Shown]]
WayTo = Callable[[Actor, Group], Way | None]

_people: list[People] = []
_ways: dict[str, WayTo] = {}


def register_people(provider: People) -> None:
    """Called once, when the context of the files starts. It answers for a page of people at once."""
    if _people and _people[0] is not provider:
        raise ValueError("The people of rolls are registered twice.")
    _people[:] = [provider]


def register_way(kind: str, way_to: WayTo) -> None:
    """Called by the context whose duty the kind is."""
    if _ways.setdefault(kind, way_to) is not way_to:
        raise ValueError(f"The way to do {kind} is registered twice.")


def shown_to(actor: Actor, subject_ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    return _people[0](actor, subject_ids) if _people and subject_ids else {}


def way_to_do(actor: Actor, kind: str, group: Group) -> Way | None:
    return _ways[kind](actor, group) if kind in _ways else None
