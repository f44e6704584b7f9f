"""Made-up authorities for the tests of areas."""

from __future__ import annotations

from datetime import UTC, datetime

from fugong.areas import operations
from fugong.areas.choices import AreaKind
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor, system_actor

NOW = datetime(2022, 4, 27, 2, 0, tzinfo=UTC)


def authority(code: str = "north") -> Authority:
    return operations.found_authority(code, name_zh="北区", name_en="North", playbook_id="datong", now=NOW)


def system(of: Authority) -> Actor:
    return system_actor(of.id, "set-up")


def area(of: Authority, code: str, *, kind: AreaKind = AreaKind.PARK, parent: Area | None = None) -> Area:
    return operations.add_area(
        code, kind=kind, names=(f"{code}园", code), parent=parent, actor=system(of), now=NOW
    )
