"""The standing ground of the register's tests: two authorities, the first with two parks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fugong.areas.models import Area, Authority
from fugong.core.tenancy import acting_for
from tests.enterprises import making


@pytest.fixture
def north(db: None) -> Authority:
    return making.authority("north", name="北区")


@pytest.fixture
def south(db: None) -> Authority:
    return making.authority("south", name="南区")


@pytest.fixture
def park_a(north: Authority) -> Area:
    return making.park(north, "park-a", name="甲园区")


@pytest.fixture
def park_b(north: Authority) -> Area:
    return making.park(north, "park-b", name="乙园区")


@pytest.fixture
def in_north(north: Authority) -> Iterator[None]:
    with acting_for(north.id):
        yield
