"""The ledger's table, for one test file at a time, or in a database of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.sealed import ledger


@pytest.fixture(scope="module")
def ledger_table(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        context = ledger.installed()
        context.__enter__()
    yield
    with django_db_blocker.unblock():
        context.__exit__(None, None, None)


@pytest.fixture
def committed_ledger(committed_db: str) -> Iterator[None]:
    with ledger.installed():
        yield


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key folder of this test's own, empty."""
    folder = tmp_path / "keys"
    monkeypatch.setenv("FUGONG_KEYS", str(folder))
    return folder
