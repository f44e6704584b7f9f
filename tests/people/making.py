"""Made-up people for the tests of their files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from stdnum.cn import ric

from fugong.core.actor import Actor, system_actor
from fugong.core.ids import new_id
from fugong.people import operations, permissions
from fugong.people.models import Person
from fugong.people.operations import EmploymentData, PersonData
from tests.enterprises import making as register

NOW = register.NOW
TODAY = date(2022, 4, 27)
_orders = count(1)


def resident_id(order: int | None = None, *, region: str = "340402", born: str = "19900101") -> str:
    """A valid number that is nobody's: each call another, up to a thousand for a day of birth."""
    body = f"{region}{born}{(next(_orders) if order is None else order) % 995:03}"
    return body + ric.calc_check_digit(body + "0")


def data(**changes: Any) -> PersonData:
    plain = PersonData(name="李伟", document=resident_id(), phone="13855400001", home_region="340402")
    return replace(plain, **changes)


def job(enterprise_id: UUID, **changes: Any) -> EmploymentData:
    plain = EmploymentData(enterprise_id=enterprise_id, starts_on=date(2022, 4, 1), post="缝纫", crew="甲班")
    return replace(plain, **changes)


def registered(enterprise: Any, *, now: datetime = NOW, **changes: Any) -> Person:
    system = system_actor(enterprise.authority_id, "set-up")
    return operations.register(data(**changes), job(enterprise.id), actor=system, now=now)


def contact(enterprise: Any) -> Actor:
    """Who speaks for one enterprise: sees and keeps the files of its people."""
    held = frozenset(permissions.PERMISSIONS) | {"enterprises.see"}
    return Actor(new_id(), enterprise.authority_id, "Bo", held, enterprises=frozenset({enterprise.id}))


def keeper(area: Any) -> Actor:
    """Who keeps the files of one park."""
    held = frozenset(permissions.PERMISSIONS) | {"enterprises.see"}
    return Actor(new_id(), area.authority_id, "Ann", held, areas=frozenset({area.id}))


def system(at: Any) -> Actor:
    return system_actor(at.authority.id, "set-up")
