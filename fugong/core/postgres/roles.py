"""The two roles and their rights, the same on the embedded cluster and on a server of one's own.

`fugong_owner` owns the database and runs migrations. `fugong_app` is what the application
connects as: it owns nothing and cannot pass row-level security, so a forgotten filter leaks
nothing. Rights on tables come by default privileges, which are kept per database.
"""

from typing import Final

import psycopg
from psycopg import sql

from fugong.core.postgres.urls import ConnectionInfo

SUPERUSER: Final = "postgres"
OWNER: Final = "fugong_owner"
APP: Final = "fugong_app"
DATABASE: Final = "fugong"

ROLES: Final = """
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['fugong_owner', 'fugong_app'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOCREATEDB NOCREATEROLE NOREPLICATION', role);
        END IF;
        -- Only where needed: on hosted servers nobody but the host may touch these attributes.
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = role AND rolsuper) THEN
            EXECUTE format('ALTER ROLE %I NOSUPERUSER', role);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = role AND rolbypassrls) THEN
            EXECUTE format('ALTER ROLE %I NOBYPASSRLS', role);
        END IF;
    END LOOP;
END $$;
"""
RIGHTS: Final = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO fugong_app;
ALTER DEFAULT PRIVILEGES FOR ROLE fugong_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fugong_app;
ALTER DEFAULT PRIVILEGES FOR ROLE fugong_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO fugong_app;
"""


def prepare(superuser: ConnectionInfo, *, database: str = DATABASE, for_tests: bool = False) -> None:
    """Create or mend roles, database and rights; running it again changes nothing.

    `superuser` names any database of the server. `for_tests` lets the owner create databases
    and puts the rights into template1 too, so that a test database is born with them; a server
    with real data should not have it.
    """
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        connection.execute(ROLES)
        word = sql.SQL("CREATEDB" if for_tests else "NOCREATEDB")
        connection.execute(sql.SQL("ALTER ROLE fugong_owner {}").format(word))
        _ensure_database(connection, database)
    for name in [database, *(["template1"] if for_tests else [])]:
        with psycopg.connect(superuser.to_database(name).conninfo()) as connection:
            connection.execute(RIGHTS)


def _ensure_database(connection: psycopg.Connection, database: str) -> None:
    name = sql.Identifier(database)
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone()
    if known is None:
        create = sql.SQL("CREATE DATABASE {} OWNER fugong_owner ENCODING 'UTF8' TEMPLATE template0")
        connection.execute(create.format(name))
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO fugong_owner").format(name))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO fugong_app").format(name))
