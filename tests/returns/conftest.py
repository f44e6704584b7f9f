"""The ground of the person files, with a made-up zone's rules about origin in force."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.people.conftest import Ground, at
from tests.returns import making

__all__ = ["Ground", "at"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ruled(at: Ground) -> Ground:
    making.rules_in_force(at.authority)
    return at
