"""Standing ground for the tests of core: an authority that is acting, and one that must see nothing."""

from collections.abc import Iterator

import pytest

from fugong.areas.models import Authority
from fugong.core import sealed
from fugong.core.actor import Actor
from fugong.core.tenancy import acting_for
from tests.core.making import actor_of, found


@pytest.fixture(autouse=True)
def _no_keys_in_memory() -> Iterator[None]:
    """Keys of a database that is gone must not open anything in the next test."""
    yield
    sealed.forget_opened_keys()


@pytest.fixture
def authority(db: None) -> Iterator[Authority]:
    made = found()
    with acting_for(made.id):
        yield made


@pytest.fixture
def neighbour(db: None) -> Authority:
    return found("neighbour")


@pytest.fixture
def ann(authority: Authority) -> Actor:
    return actor_of(authority.id, "audit.see")


@pytest.fixture
def committed_authority(committed_db: str) -> Iterator[Authority]:
    """As `authority`, in a database in which commits are real."""
    made = found()
    with acting_for(made.id):
        yield made
