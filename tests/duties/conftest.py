"""Standing persons: Ann runs this district, Bo speaks for an enterprise of it, Cai is from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from fugong.duties.permissions import EXCUSE, HAND_OVER, SEE
from tests.duties.making import acting, new_area, new_authority, new_user, subject


@pytest.fixture
def district(db: None) -> Authority:
    return new_authority("district")


@pytest.fixture
def park(district: Authority) -> Area:
    return new_area(district)


@pytest.fixture
def ann(district: Authority) -> Actor:
    return acting(new_user(district, "ann"), SEE, EXCUSE, HAND_OVER, all_areas=True)


@pytest.fixture
def bo(district: Authority) -> Actor:
    return acting(new_user(district, "bob"), enterprises=frozenset({subject().id}))


@pytest.fixture
def cai(db: None) -> Actor:
    return acting(new_user(new_authority("elsewhere"), "cai"), SEE, EXCUSE, HAND_OVER, all_areas=True)


@pytest.fixture
def at_home(ann: Actor) -> Iterator[None]:
    """The connection acts for Ann's authority, as it does inside a request of hers."""
    with acting_for(ann.authority_id):
        yield
