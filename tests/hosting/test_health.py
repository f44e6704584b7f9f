"""`fugong doctor`, as a process where it counts and otherwise by its parts."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta

import pytest

from fugong.core import facts
from fugong.core.facts.models import Fact
from fugong.core.postgres import roles
from fugong.core.postgres.urls import ConnectionInfo
from fugong.core.tenancy import acting_for
from fugong.hosting import authority, health, outbox
from fugong.hosting.authority import certificate_for
from tests import server
from tests.core import making

from .conftest import Deployment

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


@pytest.fixture
def home(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    monkeypatch.setenv("FUGONG_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("FUGONG_DATABASE_URL", raising=False)
    return tmp_path / "home"


def found(home, name, **options):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    checks = health.checks(home, **{"address": "127.0.0.1", "port": port, **options})
    return [check for check in checks if check.name == name]


def test_on_a_machine_that_has_nothing_yet_it_writes_nothing(hosting_ground):
    home = hosting_ground / "nowhere" / "home"
    environ = {"PATH": os.environ["PATH"], "FUGONG_HOME": str(home)}
    done = Deployment(home, environ).run("doctor", "--port", "0")
    assert not home.exists()
    assert "No database yet; the first start makes one" in done.out
    assert "No keys yet; the first start makes them" in done.out
    names = [line[6:16].strip() for line in done.out.splitlines() if line[:4] in ("ok  ", "MEND")]
    assert {"python", "programs", "data", "disk", "home", "keys", "pages", "languages", "port", "clock"} <= {
        *names
    }
    assert done.code == (1 if "MEND" in done.out else 0)


def test_keys_open_to_others_must_be_mended_and_it_says_how(home, tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    (keys / "master-0001.key").touch(mode=0o600)
    (check,) = found(home, "keys")
    assert check.ok
    (keys / "master-0001.key").chmod(0o644)
    (check,) = found(home, "keys")
    assert not check.ok
    assert check.sentence == f"Other users of this machine can read {keys / 'master-0001.key'}."
    assert check.remedy == f"Run: chmod 700 {keys}; chmod 600 {keys}/*"


def test_a_port_in_use_is_said_with_another(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        (check,) = found(home, "port", port=port)
    assert not check.ok
    assert check.sentence.startswith(f"Port {port} on 127.0.0.1 is in use")
    assert f"--port {port + 1}" in check.remedy


def test_an_authority_near_its_end_is_said(home, tmp_path, monkeypatch):
    made = datetime.now(UTC) - timedelta(days=5 * 365 - 40)
    monkeypatch.setattr(authority, "wall_clock", lambda: made)
    certificate_for(("fugong.local",), folder=tmp_path / "keys")
    (check,) = found(home, "authority")
    assert not check.ok
    assert "good until" in check.sentence
    assert "phones then need the new certificate" in check.remedy


def test_missing_pages_and_texts_must_be_built(home, tmp_path, monkeypatch):
    monkeypatch.setattr(health, "PACKAGE", tmp_path)
    (tmp_path / "wsgi.py").touch()
    for name in ("pages", "languages"):
        (check,) = found(home, name)
        assert not check.ok
        assert "make setup" in check.remedy


def test_a_clock_behind_the_programs_is_wrong(home, tmp_path, monkeypatch):
    monkeypatch.setattr(health, "PACKAGE", tmp_path)
    later = (datetime.now(UTC) + timedelta(days=10)).timestamp()
    (tmp_path / "wsgi.py").touch()
    os.utime(tmp_path / "wsgi.py", (later, later))
    (check,) = found(home, "clock")
    assert not check.ok
    assert "before this Fugong was installed" in check.sentence


def test_what_tests_need_is_looked_for_only_when_asked(home, monkeypatch):
    monkeypatch.setenv("FUGONG_CHROMIUM", "/nowhere/chromium")
    assert found(home, "chromium") == []
    (check,) = found(home, "chromium", for_tests=True)
    assert not check.ok
    assert "FUGONG_CHROMIUM" in check.remedy


@pytest.mark.committed
def test_notices_that_were_given_up_or_wait_long_are_said(committed_db, home, monkeypatch):
    at = server.address()
    info = ConnectionInfo(at["host"], int(at["port"]), committed_db, roles.APP)
    monkeypatch.setenv("FUGONG_DATABASE_URL", info.url())
    assert outbox.checks(home)[0].ok
    for where in (making.found(), making.found("neighbour")):
        with acting_for(where.id):
            told = facts.record(authority_id=where.id, name="a.B", payload={}, at=making.NOW)
    assert outbox.checks(home)[0].ok
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    with acting_for(where.id):
        Fact.objects.filter(id=told.id).update(recorded_at=long_ago)
    (check,) = outbox.checks(home)
    assert (check.ok, check.sentence.split()[-1]) == (False, "1.")
    assert "worker" in check.remedy
    with acting_for(where.id):
        Fact.objects.filter(id=told.id).update(dead_at=making.NOW)
    (check,) = outbox.checks(home)
    assert (check.ok, "given up" in check.sentence, "fugong facts" in check.remedy) == (False, True, True)


def test_notices_are_not_asked_about_where_no_database_runs(home, monkeypatch):
    assert outbox.checks(home) == []
    monkeypatch.setenv("FUGONG_DATABASE_URL", "postgresql://fugong_app@127.0.0.1:9/fugong")
    assert outbox.checks(home) == []
