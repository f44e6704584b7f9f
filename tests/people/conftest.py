"""A park with two enterprises, another park with one, and who keeps their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.people import making


@dataclass(frozen=True)
class Ground:
    authority: Authority
    park: Area
    firm: Enterprise
    neighbour: Enterprise
    far: Enterprise
    ann: Actor
    bo: Actor


@pytest.fixture
def at(db: None) -> Iterator[Ground]:
    authority = accounts.authority()
    with acting_for(authority.id):
        park, other = register.park(authority), register.park(authority, "park-b", name="乙园区")
        firm, neighbour, far = (register.registered(area) for area in (park, park, other))
        yield Ground(authority, park, firm, neighbour, far, ann=making.keeper(park), bo=making.contact(firm))
