"""Two enterprises in one park, one in another, and who keeps their gates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fugong.areas.models import Area, Authority
from fugong.core import clock
from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.health.making import playbook
from tests.passage.registers import making


@dataclass(frozen=True)
class Ground:
    authority: Authority
    park: Area
    other: Area
    firm: Enterprise
    neighbour: Enterprise
    far: Enterprise
    ann: Actor
    bo: Actor


@pytest.fixture(autouse=True)
def on_the_day(settings: Any, monkeypatch: Any, tmp_path: Path) -> None:
    """The clock stands still, the pages speak English, and keys lie where nobody else's do."""
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"
    settings.FUGONG_CLOCK = making.NOW
    settings.FUGONG_HOME = tmp_path
    monkeypatch.setattr("fugong.core.clock.time.time", lambda: clock._STARTED)


@pytest.fixture
def at(db: None) -> Iterator[Ground]:
    authority = accounts.authority()
    with acting_for(authority.id):
        playbook(authority)
        park, other = register.park(authority), register.park(authority, "park-b", name="乙园区")
        firm, neighbour, far = (register.registered(area) for area in (park, park, other))
        yield Ground(
            authority,
            park,
            other,
            firm,
            neighbour,
            far,
            ann=making.keeper(park),
            bo=making.contact(firm),
        )
