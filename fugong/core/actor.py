"""Who acts. An actor is passed to every operation and query, never looked up there."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system itself (`user_id` None: a clock or a job), inside one authority.

    `areas` limits what is seen unless `all_areas`; `enterprises` are those the person speaks for as contact,
    `cared_for` those in the person's care by assignment.
    """

    user_id: UUID | None
    authority_id: UUID
    name: str
    permissions: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    areas: frozenset[UUID] = frozenset()
    all_areas: bool = False
    enterprises: frozenset[UUID] = frozenset()
    cared_for: frozenset[UUID] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        return permission in self.permissions


def system_actor(authority_id: UUID, name: str) -> Actor:
    """The system acting by a clock or a job; it holds no permission that a person must hold."""
    return Actor(user_id=None, authority_id=authority_id, name=name, all_areas=True)
