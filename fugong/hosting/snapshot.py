"""One moment of the database, read as its superuser: what a backup holds and a restore must find again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

from fugong.core.postgres.roles import APP
from fugong.core.postgres.urls import ConnectionInfo
from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Contents, Table

Connection = psycopg.Connection[Any]

# Kept out of backups: a thief of the backup would be signed in. Everybody signs in again after a restore.
LEFT_OUT: Final = ("django_session", "core_cache")
TABLES: Final = """
    select c.relname, pg_get_userbyid(c.relowner), c.relrowsecurity and c.relforcerowsecurity,
        (select coalesce(string_agg(p, ' ' order by p), '')
         from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
         where has_table_privilege(%s, c.oid, p))
    from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    order by c.relname
"""
HEADS: Final = """
    select distinct on (authority_id) authority_id::text, last_position || ':' || encode(hash, 'hex')
    from core_auditseal order by authority_id, number desc
"""


@contextmanager
def snapshot(superuser: ConnectionInfo) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees one moment, and the name under which pg_dump sees the same."""
    with psycopg.connect(superuser.conninfo()) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection, str(_value(connection, "select pg_export_snapshot()"))


def contents(connection: Connection) -> Contents:
    """Counts every row: takes seconds for millions. Raises HostingFault when there are no tables."""
    known = tables(connection)
    if "django_migrations" not in known:
        raise HostingFault("The database is empty: there is nothing to keep.")
    return Contents(
        postgres=connection.info.server_version // 10_000,
        migrations=_column(connection, "select app || '.' || name from django_migrations"),
        tables=known,
        heads=dict(connection.execute(HEADS).fetchall()),
        masters=_column(connection, "select distinct master from core_datakey where destroyed_at is null"),
        files=_column(connection, "select distinct authority_id || '/' || sha256 from core_storedfile"),
    )


def tables(connection: Connection) -> dict[str, Table]:
    found = connection.execute(TABLES, [APP]).fetchall()
    return {
        name: Table(rows=_rows(connection, name), owner=owner, guarded=guarded, granted=granted)
        for name, owner, guarded, granted in found
    }


def _rows(connection: Connection, table: str) -> int:
    if table in LEFT_OUT:
        return 0
    query = sql.SQL("select count(*) from {}").format(sql.Identifier("public", table))
    return int(str(_value(connection, query)))


def _column(connection: Connection, query: LiteralString) -> tuple[str, ...]:
    return tuple(sorted(row[0] for row in connection.execute(query)))


def _value(connection: Connection, query: LiteralString | sql.Composed) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
