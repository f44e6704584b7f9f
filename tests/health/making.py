"""Made-up people and their health, in the authority of the Datong playbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.accounts.operations import assign
from fugong.core.actor import Actor, system_actor, worker_actor
from fugong.core.clock import LOCAL
from fugong.health import operations
from fugong.health.choices import Way
from fugong.health.models import HealthReport
from fugong.health.operations import ReportData
from fugong.health.rules.days import Window
from fugong.health.rules.readings import Believed
from fugong.health.rules.reports import Limits
from fugong.people.models import Person
from fugong.playbooks import queries as playbooks
from fugong.playbooks.operations import activate
from fugong.playbooks.rules.library import LIBRARY
from fugong.playbooks.rules.loading import load_playbook
from tests.accounts import making as accounts
from tests.playbooks.making import commander

TODAY = date(2022, 4, 27)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NOW = datetime(2022, 4, 27, 10, 42, tzinfo=LOCAL)

LIMITS = Limits(
    limit=Decimal("37.3"),
    believed=Believed(Decimal("34.0"), Decimal("42.0")),
    window=Window(None, days_late=1, correction_days=2),
    known=frozenset({"cough", "tired"}),
    alarming=frozenset({"cough"}),
)


def playbook(authority: Any) -> None:
    """The Datong playbook is in force from the first of the month."""
    found = playbooks.shipped("datong", on=TODAY)
    activate(found, actor=commander(authority), now=NOW - timedelta(days=26), from_day=date(2022, 4, 1))


def amended(authority: Any, *changes: tuple[str, str]) -> None:
    """The playbook with these texts in place of those, in force from today."""
    text = (LIBRARY / "datong.toml").read_text(encoding="utf-8")
    for old, new in (*changes, ('version = "1"', 'version = "2"')):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = load_playbook(text, "test.toml")
    activate(found, actor=commander(authority), now=NOW - timedelta(days=1), from_day=TODAY)


def said(temperature: str = "36.5", **changes: Any) -> ReportData:
    return replace(ReportData(day=TODAY, temperature=temperature), **changes)


def worker(person: Person) -> Actor:
    return worker_actor(person.authority_id, person.id, person.name)


def system(authority: Any) -> Actor:
    return system_actor(authority.id, "set-up")


def reported(
    person: Person, temperature: str = "36.5", *, now: datetime = NOW, **changes: Any
) -> HealthReport:
    """By the worker, on a phone."""
    data = said(temperature, **changes)
    return operations.report(person.id, data, way=Way.OWN, actor=worker(person), now=now)


def instructor(enterprise: Any) -> Actor:
    """Somebody stationed in the enterprise."""
    user = accounts.holder(enterprise.authority, "instructor")
    assign(
        user,
        kind=accounts.INSTRUCTOR,
        subject=Subject(ENTERPRISE, enterprise.id, enterprise.name),
        starts_on=date(2022, 4, 1),
        actor=system(enterprise.authority),
        now=accounts.NOW,
    )
    return accounts.acting(user)


def contact(enterprise: Any) -> Actor:
    """Who speaks for the enterprise."""
    subject = Subject(ENTERPRISE, enterprise.id, enterprise.name)
    return accounts.acting(accounts.holder(enterprise.authority, "enterprise_contact", subject=subject))


def supervisor(authority: Any) -> Actor:
    return accounts.acting(accounts.holder(authority, "inspector"))
