"""The two roles and their rights, the same on the embedded cluster and on a server of one's own.

`fugong_owner` owns the database and runs migrations. `fugong_app` is what the application
connects as: it owns nothing and cannot pass row-level security, so a forgotten filter leaks
nothing. Rights on tables come by default privileges, which are kept per database.
"""

from collections.abc import Mapping
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


CREATE: Final = sql.SQL("CREATE DATABASE {name} OWNER fugong_owner ENCODING 'UTF8' TEMPLATE template0")
KNOWN: Final = sql.SQL("SELECT FROM pg_database WHERE datname = {literal}")
CLOSE: Final = sql.SQL(
    "ALTER DATABASE {name} OWNER TO fugong_owner;\n"
    "REVOKE ALL ON DATABASE {name} FROM PUBLIC;\n"
    "GRANT CONNECT ON DATABASE {name} TO fugong_app;"
)


def prepare(
    superuser: ConnectionInfo,
    *,
    database: str = DATABASE,
    passwords: Mapping[str, str] | None = None,
    for_tests: bool = False,
) -> None:
    """Create or mend roles, database and rights; running it again changes nothing.

    `superuser` names any database of the server. `passwords` (role to password) is for a server
    reached over a network. `for_tests` lets the owner create databases and puts the rights into
    template1 too, so that a test database is born with them; a server with real data should not
    have it.
    """
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        connection.execute(ROLES)
        connection.execute("ALTER ROLE fugong_owner " + ("CREATEDB" if for_tests else "NOCREATEDB"))
        for role, password in (passwords or {}).items():
            _set_password(connection, role, password)
        _ensure_database(connection, database)
    for name in [database, *(["template1"] if for_tests else [])]:
        with psycopg.connect(superuser.to_database(name).conninfo()) as connection:
            connection.execute(RIGHTS)


def script(database: str = DATABASE) -> str:
    """What `prepare` does, as input for psql, for a database administrator to read and run."""
    names = {"name": sql.Identifier(database), "literal": sql.Literal(database)}
    create = sql.Literal(CREATE.format(**names).as_string()).as_string()
    known = KNOWN.format(**names).as_string()
    return "\n".join(
        (
            f"\\set ON_ERROR_STOP on\n{ROLES.strip()}",
            f"\\password {OWNER}\n\\password {APP}",
            f"SELECT {create}\n    WHERE NOT EXISTS ({known}) \\gexec",
            CLOSE.format(**names).as_string(),
            f"\\connect {names['name'].as_string()}\n{RIGHTS.strip()}\n",
        )
    )


def _ensure_database(connection: psycopg.Connection, database: str) -> None:
    names = {"name": sql.Identifier(database), "literal": sql.Literal(database)}
    if connection.execute(KNOWN.format(**names)).fetchone() is None:
        connection.execute(CREATE.format(**names))
    connection.execute(CLOSE.format(**names))


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    """Sent as a SCRAM verifier, so that the password is in no server log."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    query = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), verifier.decode())
    connection.execute(query)
