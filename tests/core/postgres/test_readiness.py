"""Files of the log that a rush finds there."""

from __future__ import annotations

import threading
import time

import psycopg

from fugong.cli import database
from fugong.core.postgres import readiness, roles
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.readiness import THERE, lay_ready


def there(cluster: Cluster) -> int:
    with psycopg.connect(cluster.connection(roles.SUPERUSER).conninfo()) as connection:
        row = connection.execute(THERE).fetchone()
        assert row is not None
        return int(row[0])


def test_log_when_laid_ready_then_has_as_many_files_as_are_wanted_and_again_makes_none(cluster, monkeypatch):
    wanted = there(cluster) + 3
    monkeypatch.setattr(readiness, "WANTED", f"select {wanted}")
    superuser = cluster.connection(roles.SUPERUSER)
    assert lay_ready(superuser) == 3
    assert there(cluster) >= wanted
    assert lay_ready(superuser) == 0


def test_log_wanted_is_what_the_server_keeps(cluster):
    with psycopg.connect(cluster.connection(roles.SUPERUSER).conninfo()) as connection:
        assert connection.execute(readiness.WANTED).fetchone() == (64,)


def test_program_when_it_has_run_for_a_while_then_makes_the_log_ready_once(cluster, monkeypatch):
    wanted = there(cluster) + 2
    monkeypatch.setattr(readiness, "WANTED", f"select {wanted}")
    monkeypatch.setattr(database, "_cluster", cluster)
    monkeypatch.setattr(database, "AT_LEISURE", 0.5)
    chores = database.chores()
    chores()
    assert there(cluster) == wanted - 2
    time.sleep(0.6)
    chores()
    laying = [each for each in threading.enumerate() if each.name == database.LAYING]
    assert len(laying) == 1
    chores()
    laying[0].join(20)
    assert there(cluster) >= wanted
