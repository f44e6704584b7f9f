from __future__ import annotations

from collections.abc import Iterator

import pytest

from fugong.core.tenancy import acting_for
from tests.resumption.making import Ground, ground


@pytest.fixture
def at(db: None) -> Iterator[Ground]:
    """The district of these tests; the connection acts for it, as inside a request."""
    made = ground()
    with acting_for(made.authority.id):
        yield made
