"""Templates and addresses of these tests' own: the ground is tested without the contexts above it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def own_ground(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.core.web.addresses"
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [*first["DIRS"], TEMPLATES]}, *rest]
