from __future__ import annotations

from collections.abc import Iterator

import pytest

from fugong.core.tenancy import acting_for
from fugong.people.models import Person
from tests.clearance import making
from tests.support.making import Place, place


@pytest.fixture
def here(db: None) -> Iterator[Place]:
    """The district in which the test acts, as it would inside a request."""
    made = place()
    with acting_for(made.authority.id):
        yield made


@pytest.fixture
def li(here: Place) -> Person:
    return making.worker(here)
