"""Setting the scene: the authority with its areas, roles and playbook, its people, and its enterprises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from fugong import founding
from fugong.accounts import operations as accounts
from fugong.accounts import queries as account_queries
from fugong.accounts.choices import AssignmentKind, Subject
from fugong.core.actor import Actor
from fugong.enterprises import operations as enterprises
from fugong.enterprises.choices import Industry, Provenance, SizeClass, Tag
from fugong.enterprises.operations import EnterpriseData
from fugong.playbooks.facts import Playbook
from fugong.scenarios.reading import Row, Scenario, told_with

ENTERPRISE = "enterprise"


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


def found(scenario: Scenario, playbook: Playbook) -> Stage:
    head = scenario.head
    founded_at: datetime = head["founded_at"]
    names = head["authority"]
    founded = founding.found(
        names["code"],
        names=(names["zh"], names["en"]),
        playbook=playbook,
        from_day=head["from_day"],
        now=founded_at,
    )
    return Stage(scenario, playbook, founded.founder, founded_at, areas=founded.areas)


def admit_enterprises(stage: Stage, done: Callable[[], None]) -> None:
    for row in stage.scenario.enterprises:
        with told_with(row["_line"]):
            enterprise = enterprises.register(_data(stage, row), actor=stage.founder, now=stage.founded_at)
        stage.enterprises[row["ref"]] = enterprise.id
        stage.names[row["ref"]] = row["name"]
        done()


def _data(stage: Stage, row: Row) -> EnterpriseData:
    return EnterpriseData(
        name=row["name"],
        credit_code=row["credit_code"],
        size_class=SizeClass(row["size_class"]),
        industry=Industry(row["industry"]),
        area_id=stage.areas[row["park"]],
        entered_on=stage.scenario.head["from_day"],
        normal_staff=int(row["normal_staff"]),
        address=row["address"],
        contact_name=row["contact_name"],
        contact_phone=row["contact_phone"],
        normal_capacity=row["normal_capacity"],
        tags=tuple(Tag(tag) for tag in row["tags"].split(";") if tag),
        provenance=Provenance(row["provenance"]),
    )


def admit_people(stage: Stage, done: Callable[[], None], *, password: str) -> None:
    """Those who can sign in share one password, made up for this demonstration; the others have none."""
    for row in stage.scenario.users:
        with told_with(row["_line"]):
            stage.users[row["username"]] = _admitted(stage, row, password if row["sign_in"] else None)
        done()


def _admitted(stage: Stage, row: Row, password: str | None) -> UUID:
    founder, now = stage.founder, stage.founded_at
    user = accounts.create_user(row["username"], name=row["name"], password=password, actor=founder, now=now)
    accounts.grant_role(
        user,
        role=row["role"],
        area_id=stage.areas[row["area"]] if row["area"] else None,
        subject=_subject(stage, row["enterprise"]) if row["enterprise"] else None,
        actor=founder,
        now=now,
    )
    return user.id


def assign_people(stage: Stage, done: Callable[[], None]) -> None:
    kinds = stage.scenario.head["assignment_kinds"]
    rules = stage.playbook.policy.assignments
    for row in stage.scenario.assignments:
        with told_with(row["_line"]):
            rule = rules[kinds[row["kind"]]]
            accounts.assign(
                account_queries.get_user(stage.users[row["username"]], actor=stage.founder),
                kind=AssignmentKind(rule.id, rule.name.zh, rule.name.en),
                subject=_subject(stage, row["enterprise"]),
                starts_on=date.fromisoformat(row["starts_on"]),
                actor=stage.founder,
                now=stage.founded_at,
            )
        done()


def _subject(stage: Stage, ref: str) -> Subject:
    return Subject(ENTERPRISE, stage.enterprises[ref], stage.names[ref])
