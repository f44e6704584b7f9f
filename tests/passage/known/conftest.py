"""A park with two enterprises, their gates, a venue and people, under a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from fugong.areas.models import Area, Authority
from fugong.core import clock
from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.passage.models import Gate
from fugong.people.models import Person
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.passage.known import making
from tests.people import making as people


@dataclass(frozen=True)
class Ground:
    authority: Authority
    park: Area
    other: Area
    firm: Enterprise
    far: Enterprise
    east: Gate
    west: Gate
    shop: Gate
    road: Gate
    worker: Person
    mate: Person
    stranger: Person
    ann: Actor
    bo: Actor


@pytest.fixture
def still(settings: Any, monkeypatch: Any) -> None:
    """The clock stands still, and the pages speak English."""
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"
    settings.FUGONG_CLOCK = making.NOW
    monkeypatch.setattr("fugong.core.clock.time.time", lambda: clock._STARTED)


@pytest.fixture
def at(db: None, still: None) -> Iterator[Ground]:
    authority = accounts.authority()
    with acting_for(authority.id):
        park, other = register.park(authority), register.park(authority, "park-b", name="乙园区")
        firm, far = register.registered(park), register.registered(other)
        zone = making.zone(firm)
        yield Ground(
            authority,
            park,
            other,
            firm,
            far,
            east=making.gate(park, "东门", enterprise=firm, zone=zone),
            west=making.gate(park, "西门", enterprise=firm, zone=zone),
            shop=making.gate(park, "便利店", kind="venue"),
            road=making.gate(park, "高速卡口", kind="road"),
            worker=people.registered(firm),
            mate=people.registered(firm, name="王芳"),
            stranger=people.registered(far, name="赵强"),
            ann=making.official(park),
            bo=making.contact(firm),
        )
