"""Made-up authorities and persons for the tests of accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from fugong.accounts import operations, queries
from fugong.accounts.choices import AssignmentKind, Subject
from fugong.accounts.models import User
from fugong.areas import operations as areas
from fugong.areas.choices import AreaKind
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor, system_actor
from fugong.core.ids import new_id

NOW = datetime(2022, 4, 27, 2, 0, tzinfo=UTC)
PASSWORD = "spring-wheat-47"
_numbers = count(1)


def system(of: Authority) -> Actor:
    return system_actor(of.id, "set-up")


def authority(code: str = "north", *, name: str = "北区") -> Authority:
    """An authority with the roles that come with Fugong."""
    made = areas.found_authority(code, name_zh=name, name_en=code.title(), playbook_id="datong", now=NOW)
    operations.seed_roles(actor=system(made), now=NOW)
    return made


def park(of: Authority, code: str = "park-a", *, name: str = "甲园区") -> Area:
    return areas.add_area(code, kind=AreaKind.PARK, names=(name, code), actor=system(of), now=NOW)


def user(of: Authority, username: str = "", *, name: str = "Ann", password: str | None = PASSWORD) -> User:
    username = username or f"user-{next(_numbers)}"
    return operations.create_user(username, name=name, password=password, actor=system(of), now=NOW)


def holder(of: Authority, role: str, *, area: Area | None = None, subject: Subject | None = None) -> User:
    """Somebody with this one role."""
    made = user(of, name=f"{role} holder")
    grant(made, role, area=area, subject=subject)
    return made


def grant(to: User, role: str, *, area: Area | None = None, subject: Subject | None = None) -> None:
    of = system_actor(to.authority_id, "set-up")
    operations.grant_role(
        to, role=role, area_id=area.id if area else None, subject=subject, actor=of, now=NOW
    )


def acting(who: User) -> Actor:
    return queries.actor_of(who, now=NOW)


def enterprise(label: str = "第一制衣") -> Subject:
    return Subject("enterprise", new_id(), label)


LEADER = AssignmentKind("leader", "包保领导", "Leader")
INSTRUCTOR = AssignmentKind("instructor", "驻点干部", "Instructor")
