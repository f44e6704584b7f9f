"""What has been set up so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from fugong.accounts import queries as account_queries
from fugong.core.actor import Actor
from fugong.playbooks.facts import Playbook
from fugong.scenarios.reading import Scenario


@dataclass
class Stage:
    """What has been set up so far, by the names that the data files use."""

    scenario: Scenario
    playbook: Playbook
    founder: Actor
    founded_at: datetime
    areas: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    enterprises: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """As the person's roles are: nobody here can do more than the role allows."""
        if username not in self.actors:
            user = account_queries.get_user(self.users[username], actor=self.founder)
            self.actors[username] = account_queries.actor_of(user, now=self.founded_at)
        return self.actors[username]

    def contact_of(self, ref: str) -> str:
        return self._contacts[ref]

    @cached_property
    def _contacts(self) -> dict[str, str]:
        contacts = [user for user in self.scenario.users if user["role"] == "enterprise_contact"]
        return {user["enterprise"]: user["username"] for user in contacts}
