"""A worker of an enterprise, on a phone of her own, on a day in April 2022."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from fugong.people.models import Device, Person
from fugong.people.queries import Token
from tests.clocks import stand_still
from tests.passage.own import making
from tests.support.making import NOW, Place, place


@pytest.fixture(autouse=True)
def on_the_day(settings: Any, monkeypatch: Any, tmp_path: Path) -> None:
    stand_still(NOW, settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_HOME = tmp_path


@dataclass(frozen=True)
class Fang:
    """王芳 and her phone."""

    here: Place
    person: Person
    token: Token

    @property
    def actor(self) -> Actor:
        return making.worker(self.person)

    @property
    def phone(self) -> Device:
        return Device.objects.get(token_hash=self.token.hashed)


@pytest.fixture
def fang(db: None) -> Iterator[Fang]:
    here = place()
    with acting_for(here.authority.id):
        person, token = making.on_a_phone(here, name="王芳")
        yield Fang(here, person, token)
