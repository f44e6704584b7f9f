"""Made-up authorities, persons and enterprises for the tests of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from stdnum.cn import uscc

from fugong.areas import operations as areas
from fugong.areas.choices import AreaKind
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import LOCAL
from fugong.core.ids import new_id
from fugong.enterprises import operations, permissions
from fugong.enterprises.choices import Industry, SizeClass
from fugong.enterprises.models import Enterprise
from fugong.enterprises.operations import EnterpriseData

NOW = datetime(2022, 4, 27, 2, 0, tzinfo=UTC)
ENTERED = date(2020, 1, 1)
WRITER = frozenset({permissions.SEE, permissions.REGISTER, permissions.EDIT, permissions.IMPORT})
_numbers = count(500_000)


def credit_code(number: int, *, region: str = "340402") -> str:
    """A valid code made from a number."""
    body = f"91{region}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def authority(code: str = "north", *, name: str = "北区") -> Authority:
    return areas.found_authority(code, name_zh=name, name_en=code.title(), playbook_id="datong", now=NOW)


def park(of: Authority, code: str = "park-a", *, name: str = "甲园区") -> Area:
    system = system_actor(of.id, "set-up")
    return areas.add_area(code, kind=AreaKind.PARK, names=(name, code), actor=system, now=NOW)


def person(of: Authority, *permissions_held: str, **sight: Any) -> Actor:
    """Somebody with these permissions; sees the whole authority unless `sight` says otherwise."""
    held = frozenset(permissions_held) or WRITER
    return Actor(new_id(), of.id, "Ann", held, **(sight or {"all_areas": True}))


def data(area_id: UUID, **changes: Any) -> EnterpriseData:
    number = next(_numbers)
    plain = EnterpriseData(
        name=f"淮南市第{number}制衣有限公司",
        credit_code=credit_code(number),
        size_class=SizeClass.ABOVE,
        industry=Industry.C,
        area_id=area_id,
        entered_on=ENTERED,
        normal_staff=120,
    )
    return replace(plain, **changes)


def registered(area: Area, *, now: datetime = NOW, **changes: Any) -> Enterprise:
    system = system_actor(area.authority_id, "set-up")
    return operations.register(data(area.id, **changes), actor=system, now=now)


def noon(year: int, month: int, day: int) -> datetime:
    """12:00 in China."""
    return datetime(year, month, day, 4, 0, tzinfo=UTC)


def midnight(year: int, month: int, day: int) -> datetime:
    """The first moment of that day in China."""
    return datetime(year, month, day, tzinfo=LOCAL)
