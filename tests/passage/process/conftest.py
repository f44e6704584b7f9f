from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.passage.process import keeping
from tests.passage.process.keeping import Site


@pytest.fixture
def site(committed_db: str, tmp_path: Path, settings: Any) -> Iterator[Site]:
    """Its process runs."""
    settings.FUGONG_HOME = tmp_path
    with keeping.site(committed_db, tmp_path / "gate.log") as made:
        made.start()
        yield made
