import os
import shutil
from pathlib import Path

import pytest

from fugong.core.postgres import doctor
from fugong.core.postgres.binaries import find_binaries
from fugong.core.postgres.roles import APP, OWNER, SUPERUSER

from .conftest import ENVIRON
from .test_binaries import make_programs

MAJOR = find_binaries(ENVIRON).major


def by_name(home: Path, environ: dict[str, str] | None = None) -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.checks(home, environ=environ or ENVIRON)}


def test_on_a_new_machine_all_is_well_and_nothing_is_made(ground):
    found = by_name(ground / "home")
    assert list(found) == ["programs", "locale", "data", "disk", "running"]
    assert [check for check in found.values() if not check.ok] == []
    assert f"PostgreSQL {MAJOR} from" in found["programs"].sentence
    assert "No database yet" in found["data"].sentence
    assert "not running" in found["running"].sentence
    assert not (ground / "home").exists()


def test_while_running_names_the_owner_and_tests_the_server(cluster, query):
    home = cluster.place.base.parent
    found = by_name(home)
    assert f"(process {os.getpid()})" in found["running"].sentence
    assert f"A database of PostgreSQL {MAJOR} is in" in found["data"].sentence
    query(cluster.connection(SUPERUSER), f"ALTER ROLE {APP} BYPASSRLS")
    try:
        assert by_name(home)["running"].ok is False
        assert "row-level security" in by_name(home)["running"].sentence
    finally:
        query(cluster.connection(SUPERUSER), f"ALTER ROLE {APP} NOBYPASSRLS")


def test_without_programs_says_what_to_do(tmp_path, ground):
    check = by_name(ground, {"FUGONG_POSTGRES_BIN": str(tmp_path)})["programs"]
    assert (check.ok, "does not hold initdb and postgres" in check.sentence) == (False, True)


def test_with_a_database_of_another_version_says_what_to_do(home, tmp_path):
    other = 16 if MAJOR != 16 else 17
    bindir = make_programs(tmp_path / "bin", f"{other}.3")
    check = by_name(home, {"FUGONG_POSTGRES_BIN": str(bindir)})["data"]
    assert not check.ok
    assert f"is of PostgreSQL {MAJOR}, the programs are {other}" in check.sentence
    assert "fugong upgrade" in check.remedy


def test_with_little_room_says_so(ground, monkeypatch):
    little = shutil.disk_usage(ground)._replace(free=5 * 1024**2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: little)
    check = by_name(ground)["disk"]
    assert (check.ok, check.remedy) == (False, "Make room: at least 2 GB are wanted.")


def test_when_the_locale_is_missing_says_so(ground, monkeypatch):
    monkeypatch.setattr(doctor, "CTYPE", "xx_XX.UTF-8")
    check = by_name(ground)["locale"]
    assert not check.ok
    assert "xx_XX.UTF-8 is not known" in check.sentence


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("", "FUGONG_OWNER_DATABASE_URL is not"),
        ("postgresql://u@/d?host=/nowhere", "/nowhere"),
        ("oracle://x", "does not begin with"),
    ],
)
def test_with_a_server_that_cannot_be_used_says_why(tmp_path, owner, told):
    environ = {
        "FUGONG_DATABASE_URL": "postgresql://fugong_app@/d?host=/nowhere",
        "FUGONG_OWNER_DATABASE_URL": owner,
    }
    (check,) = doctor.checks(tmp_path, environ=environ)
    assert (check.name, check.ok) == ("server", False)
    assert told in f"{check.sentence} {check.remedy}"


def test_with_a_server_of_ones_own_tests_it(cluster, tmp_path, query):
    environ = {
        "FUGONG_DATABASE_URL": cluster.connection(APP).url(),
        "FUGONG_OWNER_DATABASE_URL": cluster.connection(OWNER).url(),
    }
    (check,) = doctor.checks(tmp_path, environ=environ)
    assert check.ok, check.sentence
    assert "passes its self-test" in check.sentence
    environ["FUGONG_DATABASE_URL"] = cluster.connection(OWNER).url()
    (check,) = doctor.checks(tmp_path, environ=environ)
    assert "has the rights of the database's owner" in check.sentence
