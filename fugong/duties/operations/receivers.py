"""Who is told of a duty: its owner, those who speak for it, those who hold the permission on its ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from fugong.accounts import queries as accounts
from fugong.accounts.choices import ENTERPRISE
from fugong.core.actor import Actor
from fugong.duties.models import Duty


class Receivers:
    """Asks each question once, for the duties of one run."""

    def __init__(self, actor: Actor, *, now: datetime) -> None:
        self._actor = actor
        self._now = now
        self._speakers: dict[UUID, list[UUID]] = {}
        self._holders: dict[str, list[Actor]] = {}

    def of_owners(self, duties: Sequence[Duty]) -> Iterable[tuple[Duty, UUID]]:
        """Each duty with each user who owes it. A user whose account is closed is nobody."""
        self._ask_speakers({duty.owner_enterprise_id for duty in duties if duty.owner_enterprise_id})
        for duty in duties:
            for user_id in self._owners(duty):
                yield duty, user_id

    def holding(self, permission: str, area_id: UUID | None) -> list[UUID]:
        """The users who hold the permission for this area, or anywhere where the duty has none."""
        holders = self._holders_of(permission)
        on_ground = (each for each in holders if area_id is None or each.may_in(permission, area_id))
        return [each.user_id for each in on_ground if each.user_id is not None]

    def _owners(self, duty: Duty) -> list[UUID]:
        if duty.owner_user is not None:
            return [duty.owner_user.id] if duty.owner_user.is_active else []
        if duty.owner_enterprise_id is not None:
            return self._speakers.get(duty.owner_enterprise_id, [])
        return self.holding(duty.owner_permission, duty.owner_area_id)

    def _ask_speakers(self, enterprise_ids: set[UUID]) -> None:
        unknown = enterprise_ids - self._speakers.keys()
        found = accounts.users_speaking_for(ENTERPRISE, unknown, actor=self._actor, now=self._now)
        self._speakers |= {each: found.get(each, []) for each in unknown}

    def _holders_of(self, permission: str) -> list[Actor]:
        if permission not in self._holders:
            users = accounts.users_who_may(permission, actor=self._actor, now=self._now)
            self._holders[permission] = [accounts.actor_of(user, now=self._now) for user in users]
        return self._holders[permission]
