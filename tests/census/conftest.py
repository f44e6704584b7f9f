"""The ground of the person files, with somebody who runs campaigns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.people.conftest import Ground, at

__all__ = ["Ground", "at"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
