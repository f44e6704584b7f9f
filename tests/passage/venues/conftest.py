"""A canteen with a code in a park whose playbook asks for one check on the spot or another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from fugong.core.tenancy import acting_for
from tests.clocks import stand_still
from tests.passage.venues import making
from tests.passage.venues.making import Canteen
from tests.support.making import NOW


@pytest.fixture(autouse=True)
def on_the_day(settings: Any, monkeypatch: Any, tmp_path: Path) -> None:
    stand_still(NOW, settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_HOME = tmp_path
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def canteen(db: None) -> Iterator[Callable[..., Canteen]]:
    """Asked for with the check: `canteen("rotating")`. The test acts for its authority from then on."""
    with ExitStack() as stack:

        def opened(on_the_spot: str = "none", **changes: Any) -> Canteen:
            here = making.district(on_the_spot)
            stack.enter_context(acting_for(here.authority.id))
            return making.opened(here, **changes)

        yield opened
