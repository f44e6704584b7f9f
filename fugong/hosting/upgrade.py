"""From one version to the next, with a way back. Needs no Django; what changes the tables is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from fugong.core.postgres import places, roles
from fugong.core.postgres.binaries import Binaries, find_binaries, find_binaries_of
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.creation import major_of
from fugong.core.postgres.pace import Say
from fugong.core.postgres.urls import ConnectionInfo
from fugong.hosting import backup, restore
from fugong.hosting.archive import Archive, Progress
from fugong.hosting.backup import Deployment
from fugong.hosting.faults import HostingFault


def folder_for_backups(home: Path) -> Path:
    folder = home / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def move_to_newer_programs(home: Path, *, now: datetime, say: Say, progress: Progress) -> Path | None:
    """Brings an embedded database of an older PostgreSQL over to the programs that are here now.

    By writing it down and reading it in again. Returns where the old one is kept, None when there was nothing
    to do. Raises HostingFault, with everything as it was, when it cannot be done.
    """
    made_by, programs = major_of(places.locate(home).data), find_binaries()
    if made_by in (None, programs.major):
        return None
    old = _older(made_by, programs) if made_by else programs
    file = backup.target_for(folder_for_backups(home), now=now)
    with Cluster(home, binaries=old, say=say) as cluster:
        deployment = Deployment(home, cluster.connection(roles.SUPERUSER), programs)
        backup.make(file, deployment=deployment, now=now, progress=progress)
    with (
        restore.emptied(home, replace=True, now=now, what=(restore.DATABASE,)) as aside,
        Archive.opened(file) as kept,
        Cluster(home, binaries=programs, say=say) as cluster,
    ):
        restore.load_database(kept, Deployment(home, cluster.connection(roles.SUPERUSER), programs))
    return aside


@contextmanager
def with_way_back(file: Path, deployment: Deployment, *, say: Say) -> Iterator[None]:
    """When what is done inside fails, the database becomes again what it was when `file` was made.

    Nobody may be connected then. The stored files are not touched: they never change.
    """
    try:
        yield
    except BaseException as error:
        say(f"This did not go well ({str(error) or type(error).__name__}). Going back to the backup.")
        try:
            _go_back(file, deployment)
        except (HostingFault, psycopg.Error) as worse:
            raise HostingFault(
                f"Going back failed too: {worse}. The backup is whole: fugong restore --replace {file}"
            ) from error
        say("Everything is as it was before.")
        raise


def require_nobody_else(superuser: ConnectionInfo) -> None:
    """On a server of one's own other machines may still be at work."""
    query = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and usename = %s and pid <> pg_backend_pid()"
    )
    with psycopg.connect(superuser.conninfo()) as connection:
        found = connection.execute(query, [roles.APP]).fetchone()
    if found and found[0]:
        raise HostingFault(
            f"{found[0]} connections of Fugong are open on this database. Stop every `fugong serve` first."
        )


def _older(made_by: int, programs: Binaries) -> Binaries:
    if made_by > programs.major:
        raise HostingFault(
            f"The database was made by PostgreSQL {made_by}; the programs here are older: {programs.major}. "
            f"Set FUGONG_POSTGRES_BIN to programs of version {made_by}; there is no way down."
        )
    found = find_binaries_of(made_by)
    if found is None:
        raise HostingFault(
            f"The database was made by PostgreSQL {made_by}, whose programs are not on this machine. They "
            f"are needed once, to read it: install your system's package (on Debian postgresql-{made_by}), "
            "then run `fugong upgrade` again."
        )
    return found


def _go_back(file: Path, deployment: Deployment) -> None:
    """The failed database is dropped only when the old one stands again."""
    superuser = deployment.superuser
    failed = sql.Identifier(f"{superuser.name}_failed")
    with psycopg.connect(superuser.to_database("postgres").conninfo(), autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(failed))
        server.execute(
            sql.SQL("alter database {} rename to {}").format(sql.Identifier(superuser.name), failed)
        )
        roles.prepare(superuser.to_database("postgres"), database=superuser.name)
        with Archive.opened(file) as archive:
            restore.load_database(archive, deployment)
        server.execute(sql.SQL("drop database {} with (force)").format(failed))
