"""The PostgreSQL of a test run: one real cluster, one migrated template, a copy of it for each worker."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
from django.db import connections

from fugong.core.postgres import roles
from fugong.core.postgres.cluster import Cluster
from tests import disks

VARIABLE = "FUGONG_TEST_SERVER"


class Server:
    """Started by the first process of the run; the workers that it starts find it in the environment."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where its data lie; None: where it is fastest, which may be memory."""
        self._folder = folder or disks.fastest()
        self._home: str | None = None
        self._cluster: Cluster | None = None

    def start(self) -> None:
        if VARIABLE in os.environ:
            return
        self._home = tempfile.mkdtemp(prefix="fugong-test-server-", dir=self._folder)
        os.chmod(self._home, 0o755)
        self._cluster = Cluster(Path(self._home) / "home", for_tests=True)
        self._cluster.start()
        owner = self._cluster.connection(roles.OWNER)
        os.environ[VARIABLE] = json.dumps({"host": owner.host, "port": owner.port, "home": self._home})

    @property
    def cluster(self) -> Cluster:
        assert self._cluster is not None
        return self._cluster

    def stop(self) -> None:
        if self._cluster is not None:
            self._cluster.stop()
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(self._home or "", ignore_errors=True)


def address() -> dict[str, str]:
    return {key: str(value) for key, value in json.loads(os.environ[VARIABLE]).items()}


def home() -> Path:
    """A folder that all processes of the run share."""
    return Path(address()["home"])


def point_at(name: str) -> None:
    """Django's connections, from now on, lead to this database of the cluster."""
    where = address()
    for alias, user in (("default", roles.APP), ("owner", roles.OWNER)):
        connections[alias].close()
        connections[alias].settings_dict.update(
            HOST=where["host"], PORT=where["port"], USER=user, PASSWORD="", NAME=name
        )


def _owner(name: str) -> psycopg.Connection[tuple[object, ...]]:
    where = address()
    return psycopg.connect(
        host=where["host"], port=where["port"], user=roles.OWNER, dbname=name, autocommit=True
    )


def copy_of(template: str, name: str) -> None:
    """A fresh database `name`, like `template` to the last row. Nobody may be connected to the template."""
    drop(name)
    with _owner("postgres") as owner:
        owner.execute(f'create database "{name}" template "{template}" owner {roles.OWNER}')
        # A copy has not the rights of its template, but those of any new database: more than the product has.
        owner.execute(f'revoke all on database "{name}" from public')
        owner.execute(f'grant connect on database "{name}" to fugong_app')


def drop(name: str) -> None:
    """Waits for sessions that are ending. Not by force: the owner may not end the application's sessions."""
    with _owner("postgres") as owner:
        owner.execute(f'drop database if exists "{name}"')


def copy_rows_into_twin(table: str, rows: bytes) -> None:
    """For measurements: a bare COPY of `rows` (binary) into an empty table with the indexes of `table`."""
    with _owner(connections["default"].settings_dict["NAME"]) as owner:
        owner.execute(f"create unlogged table bench_twin (like {table} including indexes)")  # type: ignore[arg-type]
        owner.execute("alter table bench_twin set logged")
        with owner.cursor().copy("copy bench_twin from stdin (format binary)") as copy:
            copy.write(rows)
        owner.execute("drop table bench_twin")
