"""Two enterprises of a park with a few people, under a playbook that asks for health reports."""

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
from fugong.people.models import Person
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.health import making
from tests.people import making as people


@dataclass(frozen=True)
class Ground:
    authority: Authority
    park: Area
    other: Area
    firm: Enterprise
    far: Enterprise
    worker: Person
    mate: Person
    stranger: Person
    ann: Actor
    bo: Actor


@pytest.fixture(autouse=True)
def on_the_day(settings: Any, monkeypatch: Any) -> None:
    """The clock stands still, and the pages speak English."""
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"
    settings.FUGONG_CLOCK = making.NOW
    monkeypatch.setattr("fugong.core.clock.time.time", lambda: clock._STARTED)


@pytest.fixture
def at(db: None) -> Iterator[Ground]:
    authority = accounts.authority()
    with acting_for(authority.id):
        making.playbook(authority)
        park, other = register.park(authority), register.park(authority, "park-b", name="乙园区")
        firm, far = register.registered(park), register.registered(other)
        worker, mate = people.registered(firm), people.registered(firm, name="王芳")
        stranger = people.registered(far, name="赵强")
        yield Ground(
            authority,
            park,
            other,
            firm,
            far,
            worker,
            mate,
            stranger,
            ann=making.instructor(firm),
            bo=making.contact(firm),
        )
