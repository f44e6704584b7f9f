"""Every address asked by every role, and by a stranger from another authority, on the real Datong case."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from fugong import founding
from fugong.accounts import operations as accounts
from fugong.accounts.models import User
from fugong.accounts.operations.roles import shipped_roles
from fugong.areas.queries import list_authorities
from fugong.command.models import Bulletin
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import Access, access_of
from fugong.duties.models import Duty
from fugong.enterprises.models import Enterprise
from fugong.playbooks import queries as playbooks
from fugong.playbooks.models import PlaybookVersion
from fugong.resumption.models import Application, Certificate, Evidence, Step, Suspension
from fugong.scenarios.reading import read_scenario
from fugong.support.models import Difficulty
from tools.docs import addresses

NOW = datetime(2022, 4, 28, 1, tzinfo=UTC)
SIGN_IN = "sign-in/"
ROLES = {role["code"]: set(role["permissions"]) for role in shipped_roles()}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Answered, or refused by the rows: never broken, never by the door.
ANSWERED = {200, 204, 302, 303, 403, 404, 405, 409, 422}


def closed_addresses() -> list[tuple[str, Access]]:
    found = [(path, access_of(view)) for path, view in addresses() if not path.startswith(SIGN_IN)]
    return [(path, access) for path, access in found if access is not None and access.kind != "public"]


def samples() -> dict[str, object]:
    """One row of each kind that exists in the case; what has none is asked for by an id nobody has."""
    step = Step.objects.order_by("id").first()
    evidence = Evidence.objects.order_by("id").first()
    rows = {
        "application_id": Application.objects.order_by("number").first(),
        "bulletin_id": Bulletin.objects.first(),
        "certificate_id": Certificate.objects.first(),
        "difficulty_id": Difficulty.objects.order_by("id").first(),
        "duty_id": Duty.objects.open().order_by("id").first(),
        "enterprise_id": Enterprise.objects.order_by("credit_code").first(),
        "evidence_id": evidence,
        "suspension_id": Suspension.objects.first(),
        "user_id": User.objects.order_by("username").first(),
        "version_id": PlaybookVersion.objects.first(),
    }
    values: dict[str, object] = {name: row.pk for name, row in rows.items() if row is not None}
    values["step_key"] = step.key if step else "territory"
    values["key"] = "resumed"
    return values


def filled(path: str, values: dict[str, object]) -> str:
    def value(found: re.Match[str]) -> str:
        kind, name = found.groups()
        return str(values.get(name) or (uuid4() if kind == "uuid" else "x"))

    return "/" + PARAMETER.sub(value, path)


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def people(in_datong) -> Iterator[dict[str, User]]:
    users = read_scenario("datong").users
    named = {user["role"]: user["username"] for user in reversed(users)}
    with acting_for(list_authorities()[0].id):
        yield {role: User.objects.get(username=username) for role, username in named.items()}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_answered_where_it_may_and_refused_where_it_may_not(people, settings, role):
    settings.FUGONG_CLOCK = NOW
    values, wrong, client = samples(), [], signed_in(people[role])
    for path, access in closed_addresses():
        status = client.get(filled(path, values)).status_code
        held = access.permission is None or access.permission in ROLES[role]
        if status not in ANSWERED or (not held and status not in {403, 405}):
            wrong.append(f"/{path}: {status}")
    assert wrong == []


def test_nobody_signed_out_gets_behind_the_door(in_datong):
    client = Client(raise_request_exception=False)
    wrong = [
        path
        for path, _access in closed_addresses()
        if not (answer := client.get(filled(path, {}))).headers.get("Location", "").startswith("/sign-in/")
        and answer.status_code != 405
    ]
    assert wrong == []


def test_a_stranger_from_another_authority_gets_at_no_row(people):
    values = samples()
    playbook = playbooks.shipped("datong", on=date(2022, 4, 27))
    other = founding.found("north", names=("北区", "North"), playbook=playbook, from_day=NOW.date(), now=NOW)
    wrong = []
    with acting_for(other.founder.authority_id):
        strangers = {role: _stranger(other.founder, role) for role in ROLES if _is_for_everything(role)}
    for role, user in strangers.items():
        client = signed_in(user)
        for path, _access in closed_addresses():
            if "<uuid:" in path and (status := client.get(filled(path, values)).status_code) in {200, 500}:
                wrong.append(f"{role} /{path}: {status}")
    assert wrong == []


def _is_for_everything(role: str) -> bool:
    return any(each["code"] == role and each["sight"] == "everything" for each in shipped_roles())


def _stranger(founder, role: str) -> User:
    name = f"north-{role.replace('_', '-')}-{new_id().hex[-4:]}"
    user = accounts.create_user(name, name=name, actor=founder, now=NOW)
    accounts.grant_role(user, role=role, actor=founder, now=NOW)
    return user
