"""Who acts. An actor is passed to every operation and query, never looked up there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reach:
    """The ground on which something holds: some areas, or the whole authority."""

    areas: frozenset[UUID] = frozenset()
    everywhere: bool = False

    def covers(self, area_id: UUID) -> bool:
        return self.everywhere or area_id in self.areas

    def __or__(self, other: Reach) -> Reach:
        return Reach(self.areas | other.areas, self.everywhere or other.everywhere)


@dataclass(frozen=True, slots=True)
class Actor:
    """A user, a worker on a phone of its own (`person_id`), or the system itself, inside one authority.

    The system (a clock or a job) is neither: it may do what no person need decide. A worker has no account,
    no permission and no ground: an operation that lets one act asks for `person_id` by name.
    `areas` limits what is seen unless `all_areas`; `enterprises` are those the person speaks for as contact,
    `cared_for` those in the person's care by assignment. `reaches` says where each permission holds: a role's
    permissions hold on that role's ground, not on the wider one of another role. Without it they hold
    wherever the person sees.
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
    reaches: Mapping[str, Reach] = field(default_factory=dict, hash=False)
    person_id: UUID | None = None

    @property
    def is_system(self) -> bool:
        return self.user_id is None and self.person_id is None

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def may_in(self, permission: str, area_id: UUID) -> bool:
        return self.may(permission) and self.reach(permission).covers(area_id)

    @property
    def single_enterprises(self) -> frozenset[UUID]:
        """Those seen one by one, wherever they lie."""
        return self.enterprises | self.cared_for

    def reach(self, *permissions: str) -> Reach:
        """Where any of these holds. For one the person does not hold, all that the person sees."""
        known = [self.reaches[each] for each in permissions if each in self.reaches]
        return reduce(or_, known) if known else Reach(self.areas, self.all_areas)


def system_actor(authority_id: UUID, name: str) -> Actor:
    """The system acting by a clock or a job; it holds no permission that a person must hold."""
    return Actor(user_id=None, authority_id=authority_id, name=name, all_areas=True)


def worker_actor(authority_id: UUID, person_id: UUID, name: str) -> Actor:
    """A person of the ledger acting for itself; it holds no permission and sees no row but by its own id."""
    return Actor(user_id=None, authority_id=authority_id, name=name, person_id=person_id)
