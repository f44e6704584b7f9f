"""Every address asked by every role of the Datong case, and by strangers from another authority.

What is expected comes from the views and the roles: `docs/reference/permissions.md` is the same in writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from fugong import founding
from fugong.accounts import operations as accounts
from fugong.accounts import queries as account_queries
from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.accounts.models import Assignment, Membership, User
from fugong.accounts.operations.roles import shipped_roles
from fugong.areas.queries import list_authorities
from fugong.command.models import Bulletin
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.core.web.pages import Access, access_of
from fugong.duties.models import Duty
from fugong.enterprises.models import Enterprise
from fugong.people.models import Person
from fugong.playbooks import queries as playbooks
from fugong.playbooks.models import PlaybookVersion
from fugong.resumption.models import Application, Certificate, Condition, Evidence, Step, Suspension
from fugong.scenarios.reading import read_scenario
from fugong.support.models import Difficulty
from tests.core.web.people import signed_in
from tools.docs import addresses

NOW = datetime(2022, 4, 28, 1, tzinfo=UTC)
SIGN_IN = "sign-in/"
SHIPPED = {role["code"]: role for role in shipped_roles()}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Open, led on, not there, only by a form, overtaken, or what was sent was wrong.
THROUGH_THE_DOOR = {200, 302, 404, 405, 409, 422}

# Behind the door it is asked once more: whose row it is, or for one of several permissions.
NARROWER = {
    "applications/": "any permission about applications",
    "applications/<uuid:application_id>/visit/": "whoever has the enterprise in care, or its park",
    "applications/<uuid:application_id>/opinion/<slug:step_key>/": "the permission that the step names",
    "applications/<uuid:application_id>/conditions/<uuid:condition_id>/": "whoever may review it",
    "applications/<uuid:application_id>/conditions/<uuid:condition_id>/back/": "whoever may verify on site",
    "reports/": "reports.see or reports.submit",
    "difficulties/": "any permission about difficulties",
    "difficulties/<uuid:difficulty_id>/": "any permission about difficulties",
    "difficulties/<uuid:difficulty_id>/answer/": "whoever it was handed to",
    "difficulties/<uuid:difficulty_id>/withdraw/": "the enterprise itself",
    "gates/new/": "whoever keeps gates in an area",
    "gates/passes/": "whoever invites, issues or stands at a gate",
    "gates/passes/<uuid:pass_id>/": "whoever invites, issues or stands at a gate",
    "gates/passes/new/": "whoever issues passes in an area",
    "gates/visits/<uuid:visit_id>/": "whoever invites, issues or stands at a gate",
    "gates/visits/": "whoever invites, issues or stands at a gate",
    "health/enterprises/<uuid:enterprise_id>/sheet/": "health.report_for, or whoever leads a crew there",
}
# The case holds none of these: they are asked for by an id that nobody has.
NONE_IN_CASE = {
    "appeal_id",
    "batch_id",
    "campaign_id",
    "card_id",
    "case_id",
    "challenge_id",
    "device_id",
    "entry_id",
    "export_id",
    "gate_id",
    "hand_id",
    "incident_id",
    "key_id",
    "kiosk_id",
    "merge_id",
    "other_id",
    "pass_id",
    "plan_id",
    "premises_id",
    "return_id",
    "roll_id",
    "sheet_id",
    "sign_id",
    "stay_id",
    "visit_id",
}


@dataclass(frozen=True, slots=True)
class Door:
    path: str
    access: Access

    @property
    def is_action(self) -> bool:
        return self.access.kind == "action"

    def opens_to(self, role: str) -> bool:
        return self.access.permission in (None, *SHIPPED[role]["permissions"])

    def filled(self, values: dict[str, object]) -> str:
        def value(found: re.Match[str]) -> str:
            return str(values.get(found.group(2)) or uuid4())

        return "/" + PARAMETER.sub(value, self.path)


def doors() -> list[Door]:
    found = [(path, access_of(view)) for path, view in addresses() if not path.startswith(SIGN_IN)]
    return [Door(path, access) for path, access in found if access and access.kind != "public"]


def samples(actor: Actor | None = None) -> dict[str, object]:
    """One row of each kind, such as the actor sees where there is one."""
    enterprises = Enterprise.objects.visible_to(actor) if actor else Enterprise.objects.all()
    applications = Application.objects.filter(enterprise__in=enterprises, certificate__isnull=False)
    application = applications.order_by("number").first() or Application.objects.earliest("number")
    evidence = Evidence.objects.filter(application=application).earliest("id")
    seen = Person.objects.visible_to(actor) if actor else Person.objects.all()
    rows: dict[str, Any] = {
        "application_id": application,
        "assignment_id": Assignment.objects.filter(subject_id=application.enterprise_id).first(),
        "bulletin_id": Bulletin.objects.first(),
        "certificate_id": Certificate.objects.filter(application=application).first(),
        "condition_id": Condition.objects.order_by("id").first(),
        "difficulty_id": Difficulty.objects.order_by("id").first(),
        "duty_id": Duty.objects.open().order_by("id").first(),
        "enterprise_id": application.enterprise,
        "evidence_id": evidence,
        "file_id": evidence.file,
        "membership_id": Membership.objects.order_by("id").first(),
        "person_id": seen.order_by("id").first() or Person.objects.earliest("id"),
        "suspension_id": Suspension.objects.first(),
        "user_id": User.objects.order_by("username").first(),
        "version_id": PlaybookVersion.objects.first(),
    }
    step = Step.objects.filter(application=application).earliest("id")
    named = {
        "step_key": step.key,
        "key": "resumed",
        "figure": "due",
        "code": "inspector",
        "retention": "person",
    }
    return {**{name: row.pk for name, row in rows.items()}, **named}


@pytest.fixture
def people(in_datong, settings) -> Iterator[dict[str, User]]:
    """One of each role. The administrators sign in with a password alone, as in the demonstration."""
    settings.FUGONG_CLOCK, settings.FUGONG_ADMIN_MFA = NOW, False
    named = {user["role"]: user["username"] for user in reversed(read_scenario("datong").users)}
    with acting_for(list_authorities()[0].id):
        yield {role: User.objects.get(username=username) for role, username in named.items()}


def asked(client: Client, door: Door, values: dict[str, object]) -> set[int]:
    """By reading, and where it acts by sending an empty form."""
    address = door.filled(values)
    found = {client.get(address).status_code}
    return found | {client.post(address).status_code} if door.is_action else found


@pytest.mark.parametrize("role", SHIPPED)
def test_a_role_gets_through_the_doors_that_are_its_own_and_no_others(people, role):
    user = people[role]
    values = samples(account_queries.actor_of(user, now=NOW))
    client, wrong = signed_in(user), []
    for door in doors():
        found = asked(client, door, values)
        if door.opens_to(role):
            fitting = THROUGH_THE_DOOR | ({403} if door.path in NARROWER else set())
        else:
            fitting = {403, 405}
        if not found <= fitting or (not door.opens_to(role) and 403 not in found):
            wrong.append(f"/{door.path}: {sorted(found)}")
    assert wrong == []


def test_what_is_narrower_than_its_door_still_lets_somebody_in(people):
    values, shut = (
        {role: samples(account_queries.actor_of(user, now=NOW)) for role, user in people.items()},
        [],
    )
    for door in (door for door in doors() if door.path in NARROWER):
        roles = [role for role in people if door.opens_to(role)]
        found = {role: asked(signed_in(people[role]), door, values[role]) for role in roles}
        if not any(403 in each for each in found.values()) or all(403 in each for each in found.values()):
            shut.append(f"/{door.path}: {found}")
    assert shut == []
    assert set(NARROWER) <= {door.path for door in doors()}


def test_every_parameter_of_an_address_has_a_sample(people):
    named = {name for door in doors() for _kind, name in PARAMETER.findall(door.path)}
    assert named - set(samples()) == NONE_IN_CASE


def test_nobody_signed_out_gets_behind_any_door(in_datong):
    client, wrong = Client(raise_request_exception=False), []
    for door in doors():
        for send in (client.get, client.post):
            answer = send(door.filled({}))
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/sign-in/"):
                wrong.append(f"/{door.path}: {answer.status_code}")
    assert wrong == []


STRANGERS = [role for role, each in SHIPPED.items() if each["sight"] in {"everything", "subject"}]


def test_rows_of_another_authority_are_not_there_for_anybody(people):
    """Asked for by their very ids, by people of every role that needs no area of its own."""
    values, wrong = samples(), []
    playbook = playbooks.shipped("datong", on=date(2022, 4, 27))
    north = founding.found("north", names=("北区", "North"), playbook=playbook, from_day=NOW.date(), now=NOW)
    with acting_for(north.founder.authority_id):
        strangers = {role: _stranger(north.founder, role) for role in STRANGERS}
    for role, user in strangers.items():
        client = signed_in(user)
        for door in doors():
            if "<uuid:" in door.path and door.opens_to(role):
                found = asked(client, door, values)
                # 422: the empty form was refused before any row was looked for. Where something else is
                # answered, it is what is answered about an id that nobody has.
                if found & {200, 302, 500} or (
                    not found <= {404, 405, 422} and found != asked(client, door, names_only(values))
                ):
                    wrong.append(f"{role} /{door.path}: {sorted(found)}")
    assert wrong == []


def names_only(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if not name.endswith("_id")}


def _stranger(founder: Actor, role: str) -> User:
    name = f"north-{role.replace('_', '-')}"
    user = accounts.create_user(name, name=name, actor=founder, now=NOW)
    subject = Subject(ENTERPRISE, new_id(), "north") if SHIPPED[role]["sight"] == "subject" else None
    accounts.grant_role(user, role=role, subject=subject, actor=founder, now=NOW)
    return user
