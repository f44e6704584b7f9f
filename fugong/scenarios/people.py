"""Setting the scene: the authority with its areas, roles and playbook, its people, and its enterprises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from fugong import founding
from fugong.accounts import operations as accounts
from fugong.accounts import queries as account_queries
from fugong.accounts.choices import AssignmentKind, Subject
from fugong.enterprises import operations as enterprises
from fugong.enterprises.choices import Industry, Provenance, SizeClass, Tag
from fugong.enterprises.operations import EnterpriseData
from fugong.playbooks.facts import Playbook
from fugong.scenarios.ledgers import enter_enterprises
from fugong.scenarios.reading import Row, Scenario, told_with
from fugong.scenarios.stage import Stage

ENTERPRISE = "enterprise"


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
    """One by one, or by the list of them where the scenario says so."""
    if stage.scenario.head.get("enterprises_by_list"):
        stage.enterprises = enter_enterprises(stage.scenario, actor=stage.founder, now=stage.founded_at)
        for row in stage.scenario.enterprises:
            stage.names[row["ref"]] = row["name"]
            done()
        return
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
    """Those who can sign in share one password, made up for this demonstration; the others have none.

    Somebody who stands there twice holds both roles.
    """
    for row in stage.scenario.users:
        with told_with(row["_line"]):
            stage.users[row["username"]] = _admitted(stage, row, password if row["sign_in"] else None)
        done()


def _admitted(stage: Stage, row: Row, password: str | None) -> UUID:
    founder, now, name = stage.founder, stage.founded_at, row["username"]
    if name in stage.users:
        user = account_queries.get_user(stage.users[name], actor=founder)
    else:
        user = accounts.create_user(name, name=row["name"], password=password, actor=founder, now=now)
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
