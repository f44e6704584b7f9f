"""A store of this test's own."""

from pathlib import Path

import pytest

from fugong.core.files import FileKind, Purpose, purposes


@pytest.fixture
def files(tmp_path: Path, settings) -> Path:
    settings.FUGONG_HOME = tmp_path
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def _purposes(monkeypatch) -> None:
    monkeypatch.setattr(purposes, "_purposes", {})
    tables = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.CSV, FileKind.TEXT})
    purposes.register_purposes(
        [
            Purpose(key="evidence", label="Evidence"),
            Purpose(
                key="import", label="Import", accepts=tables, max_bytes=1024 * 1024, data_class="register"
            ),
        ]
    )
