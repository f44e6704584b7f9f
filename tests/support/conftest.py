from __future__ import annotations

from collections.abc import Iterator

import pytest

from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from tests.support.making import Place, place


@pytest.fixture
def here(db: None) -> Iterator[Place]:
    """The district in which the test acts, as it would inside a request."""
    made = place()
    with acting_for(made.authority.id):
        yield made


@pytest.fixture
def bo(here: Place) -> Actor:
    return here.person("enterprise_contact")


@pytest.fixture
def instructor(here: Place) -> Actor:
    return here.person("instructor")


@pytest.fixture
def headquarters(here: Place) -> Actor:
    return here.person("reviewer_headquarters")


@pytest.fixture
def bureau(here: Place) -> Actor:
    return here.person("reviewer_department")
