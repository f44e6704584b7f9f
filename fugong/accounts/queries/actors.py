"""From a signed-in user to the actor that operations and queries are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from fugong.accounts.choices import ENTERPRISE, Sight
from fugong.accounts.models import Assignment, Membership, User
from fugong.accounts.queries.users import get_user
from fugong.areas.queries import inside_each
from fugong.core.actor import Actor, Reach, system_actor
from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for


def actor_of(user: User, *, now: datetime) -> Actor:
    """What the user may do and see at `now`. Three statements at most, whatever the number of roles."""
    with acting_for(user.authority_id):
        held = list(Membership.objects.filter(user=user).held_at(now).select_related("role"))
        cared_for = Assignment.objects.filter(user=user, subject_kind=ENTERPRISE).in_force(local_date(now))
        grounds = inside_each(membership.area_id for membership in held if membership.area_id)
        return Actor(
            user_id=user.id,
            authority_id=user.authority_id,
            name=user.name,
            permissions=frozenset(name for membership in held for name in membership.role.permissions),
            roles=frozenset(membership.role.code for membership in held),
            areas=frozenset().union(*grounds.values()),
            all_areas=any(membership.role.sight == Sight.EVERYTHING for membership in held),
            enterprises=frozenset(_enterprises(held)),
            cared_for=frozenset(cared_for.values_list("subject_id", flat=True)),
            reaches=_reaches(held, grounds),
        )


def actor_behind(authority: str, user: str | None, *, now: datetime) -> Actor:
    """Who asked a job to do something, by the ids it was given, as he or she may act now: who lost a role
    since asking does nothing any more. Without a user it was the system itself. Raises NotFound.
    """
    system = system_actor(UUID(authority), "import")
    if user is None:
        return system
    with acting_for(system.authority_id):
        return actor_of(get_user(UUID(user), actor=system), now=now)


def _reaches(held: Iterable[Membership], grounds: Mapping[UUID, frozenset[UUID]]) -> dict[str, Reach]:
    """A park's reviewer who is an inspector too sees every park and reviews the own one."""
    reaches: dict[str, Reach] = {}
    for membership in held:
        areas = grounds[membership.area_id] if membership.area_id else frozenset()
        reach = Reach(areas, everywhere=membership.role.sight == Sight.EVERYTHING)
        for permission in membership.role.permissions:
            reaches[permission] = reaches.get(permission, Reach()) | reach
    return reaches


def _enterprises(held: Iterable[Membership]) -> list[UUID]:
    return [m.subject_id for m in held if m.subject_id and m.subject_kind == ENTERPRISE]
