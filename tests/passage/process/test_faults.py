"""Whatever is killed, stopped or full: what was acknowledged is there afterwards, and nothing twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from fugong.core.clock import local_date
from fugong.hosting import ports
from tests.passage.process import keeping
from tests.passage.process.apart import Apart, apart
from tests.passage.process.keeping import Hammer, Site, until

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket, pytest.mark.committed]


@pytest.fixture
def ground() -> Iterator[Path]:
    """On a disk, readable by PostgreSQL's own account."""
    folder = Path(tempfile.mkdtemp(prefix="fugong-fault-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(
    ground: Path, django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]
) -> Iterator[Apart]:
    with django_db_blocker.unblock(), apart(ground) as made:  # type: ignore[attr-defined]
        yield made


@pytest.fixture
def site(postgres: Apart, ground: Path, tmp_path: Path, settings: Any) -> Iterator[Site]:
    settings.FUGONG_HOME = tmp_path
    with keeping.site(postgres.name, tmp_path / "gate.log") as made:
        made.start(port=ports.free_port("127.0.0.1", 0))
        yield made


def assert_all_there(site: Site, hammer: Hammer) -> None:
    stored = Counter(nonce for (nonce,) in site.rows("nonce"))
    assert hammer.acknowledged
    assert hammer.acknowledged - set(stored) == set()
    assert [nonce for nonce, times in stored.items() if times > 1] == []
    until(site.folded)
    assert site.counted() == len(stored)


def test_gate_process_when_killed_under_load_then_nothing_acknowledged_is_lost(site: Site):
    with Hammer(site) as hammer:
        for _round in range(2):
            hammer.wait_for(150)
            site.kill()
            site.start(port=site.port)
        hammer.wait_for(150)
    assert_all_there(site, hammer)


def test_postgres_when_killed_under_load_then_nothing_acknowledged_is_lost(site: Site, postgres: Apart):
    with Hammer(site) as hammer:
        for _round in range(2):
            hammer.wait_for(150)
            postgres.kill()
            postgres.start_again()
        hammer.wait_for(150)
    assert_all_there(site, hammer)


@pytest.mark.parametrize("whole", [True, False])
def test_database_when_it_stands_still_under_load_then_gates_are_told_within_seconds_and_go_on_after(
    site: Site, postgres: Apart, whole: bool
):
    """Whole, nothing can be written. Else that depends on what the stopped ones held: a lock, or none."""
    with Hammer(site) as hammer:
        hammer.wait_for(100)
        with stopped(postgres, whole=whole):
            time.sleep(1)
            began = time.monotonic()
            assert site.send(site.scan(""))[0] in ({503} if whole else {200, 503})
            assert time.monotonic() - began < 12
        hammer.wait_for(150)
    assert_all_there(site, hammer)


def test_sessions_when_they_stand_still_and_hold_nothing_then_another_one_is_taken(
    site: Site, postgres: Apart
):
    assert site.send(site.scan(""))[0] == 200
    until(site.folded)
    time.sleep(1)
    with stopped(postgres, whole=False):
        assert send_until_kept(site) < 12


@contextmanager
def stopped(postgres: Apart, *, whole: bool) -> Iterator[None]:
    """All sessions, or the whole of PostgreSQL with what makes new sessions."""
    numbers = [*postgres.backends, *([postgres.postmaster] if whole else [])]
    for each in numbers:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in reversed(numbers):
            os.kill(each, signal.SIGCONT)


def send_until_kept(site: Site) -> float:
    scan = site.scan("")
    return until(lambda: site.send(scan)[0] == 200)


def test_disk_when_full_then_gates_are_put_off_and_go_on_when_there_is_room(
    ground: Path,
    tmp_path: Path,
    settings: Any,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureDef[object],
):
    small = ground / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=320m,mode=755", "tmpfs", str(small)], check=False
    )
    if mounted.returncode:
        pytest.skip("only root may make a small disk")
    settings.FUGONG_HOME = tmp_path
    try:
        with (
            django_db_blocker.unblock(),  # type: ignore[attr-defined]
            apart(small) as postgres,
            keeping.site(postgres.name, tmp_path / "gate.log") as site,
        ):
            site.start(port=ports.free_port("127.0.0.1", 0))
            with Hammer(site) as hammer:
                hammer.wait_for(100)
                filler = fill(small)
                put_off = hammer.put_off
                until(lambda: hammer.put_off > put_off + 5, seconds=90)
                filler.unlink()
                postgres.cluster.keep_running()
                hammer.wait_for(100)
            assert_all_there(site, hammer)
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def fill(folder: Path) -> Path:
    """To the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def test_clock_when_it_jumps_then_scans_are_marked_and_kept_once(site: Site):
    before = [site.scan("", answer=2, reason=8) for _ in range(5)]
    assert site.send(before)[0] == 200
    site.stop()
    later = (keeping.NOW + timedelta(days=40)).isoformat()
    site.start(port=site.port, FUGONG_CLOCK=later)
    assert site.send(before)[0] == 200
    site.stop()
    earlier = (keeping.NOW - timedelta(days=3)).isoformat()
    site.start(port=site.port, FUGONG_CLOCK=earlier)
    assert site.send([*before, site.scan("", answer=2, reason=8)])[0] == 200
    assert [flags for (flags,) in site.rows("flags")].count(8) == 5
    assert sorted(flags for (flags,) in site.rows("flags")) == [8, 8, 8, 8, 8, 12]


def test_day_when_its_partition_is_missing_then_scans_are_kept_and_moved_when_it_is_made(site: Site):
    today = local_date(site.now())
    until(lambda: parts(today) == 1)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"drop table passage_scan_{today:%Y%m%d}")
    scans = [site.scan("", answer=2, reason=8) for _ in range(20)]
    assert site.send(scans)[0] == 200
    assert parts(today) == 0
    with connection.cursor() as cursor:
        cursor.execute("select passage_make_days(%s, %s)", [today, today])
        assert cursor.fetchone() == (1,)
    assert site.send(scans)[0] == 200
    assert len(site.rows()) == 20
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"select count(*) from passage_scan_{today:%Y%m%d}")
        assert cursor.fetchone() == (20,)


def parts(day: Any) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relname = %s", [f"passage_scan_{day:%Y%m%d}"])
        return int(cursor.fetchone()[0])
