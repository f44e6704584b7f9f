"""What a server must be able to do before Fugong trusts it; each failing is said in words.

Nothing the test does stays: each probe runs in a transaction that is rolled back.
"""

from collections.abc import Iterator
from typing import Any, Final

import psycopg

from fugong.core.postgres.binaries import NEWEST, OLDEST
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.roles import APP
from fugong.core.postgres.urls import ConnectionInfo

Connection = psycopg.Connection[Any]

# A frequent given name, the same with its surname, and letters that C leaves as they are.
GIVEN_NAME: Final = "\u4f1f\u660e"
FULL_NAME: Final = "\u5f20\u4f1f\u660e"
CAPITALS: Final = "\u00c9\u4f1f"
SMALL: Final = "\u00e9\u4f1f"


def require_sound(info: ConnectionInfo, *, app: str = APP) -> None:
    """Raise DatabaseFault with all that is wrong. `info` names a role that may create tables."""
    with psycopg.connect(info.conninfo()) as connection:
        problems = find_problems(connection, app=app)
    if problems:
        raise DatabaseFault(f"The database does not pass its self-test. {' '.join(problems)}")


def find_problems(connection: Connection, *, app: str = APP) -> list[str]:
    """One sentence for each failing. Without version and encoding nothing else can be asked."""
    problems = [*_version(connection), *_encoding(connection)]
    if problems:
        return problems
    for probe in (_durability, _characters, _name_index, _trigrams):
        with connection.transaction(force_rollback=True):
            problems += probe(connection)
    return problems + list(_application_role(connection, app))


def _version(connection: Connection) -> Iterator[str]:
    major = connection.info.server_version // 10_000
    if not OLDEST <= major <= NEWEST:
        yield f"The server is PostgreSQL {major}; Fugong works with {OLDEST} to {NEWEST}."


def _encoding(connection: Connection) -> Iterator[str]:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        yield f"Its encoding is {encoding}; create the database anew with ENCODING 'UTF8'."


def _durability(connection: Connection) -> Iterator[str]:
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        (value,) = connection.execute("SELECT current_setting(%s)", [name]).fetchone() or ("",)
        if value == "off":
            yield f"{name} is off: what was confirmed could be lost in a power cut. Set {name} = on."


def _characters(connection: Connection) -> Iterator[str]:
    values = {"name": GIVEN_NAME, "capitals": CAPITALS, "small": SMALL}
    found = connection.execute(
        "SELECT char_length(%(name)s::text) = 2, lower(%(capitals)s) = %(small)s,"
        " upper(%(small)s) = %(capitals)s, %(name)s ~ '^[[:alpha:]]{2}$' AND %(name)s ~ '^..$'",
        values,
    ).fetchone()
    names = ("char_length", "lower", "upper", "a regular expression")
    wrong = [name for name, right in zip(names, found or (), strict=True) if not right]
    if wrong:
        yield (
            f"Chinese or accented letters are not understood by {', '.join(wrong)}: the database "
            "was made with the locale C. Create it anew with the locale C.UTF-8."
        )


def _name_index(connection: Connection) -> Iterator[str]:
    """Names of two characters are found by equality of their parts; trigrams are too long."""
    connection.execute("CREATE TEMPORARY TABLE probe (gram text NOT NULL) ON COMMIT DROP")
    connection.execute("CREATE INDEX probe_gram ON probe (gram)")
    connection.execute("INSERT INTO probe VALUES (%s), (%s)", [GIVEN_NAME, FULL_NAME])
    connection.execute("SET LOCAL enable_seqscan = off")
    query = "SELECT count(*) FROM probe WHERE gram = %s"
    plan = " ".join(line for (line,) in connection.execute(f"EXPLAIN {query}", [GIVEN_NAME]))
    found = connection.execute(query, [GIVEN_NAME]).fetchone()
    if found != (1,) or "probe_gram" not in plan:
        yield "A Chinese name of two characters is not found through an index; do not use this server."


def _trigrams(connection: Connection) -> Iterator[str]:
    """Where pg_trgm can be had: it splits by the libc locale, whatever the rest uses."""
    available = "SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'"
    if not connection.execute(available).rowcount:
        return
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg.errors.InsufficientPrivilege:
        return
    found = connection.execute("SELECT show_trgm(%s) <> '{}'", [FULL_NAME]).fetchone()
    if found != (True,):
        yield (
            "pg_trgm splits Chinese into nothing, so searches would silently find nothing: the "
            "database was made with LC_CTYPE C. Create it anew with LC_CTYPE C.UTF-8."
        )


def _application_role(connection: Connection, app: str) -> Iterator[str]:
    found = connection.execute(
        "SELECT r.rolsuper OR r.rolbypassrls, pg_has_role(r.oid, d.datdba, 'MEMBER')"
        " FROM pg_roles r, pg_database d WHERE r.rolname = %s AND d.datname = current_database()",
        [app],
    ).fetchone()
    if found is None:
        yield f"It has no role {app}: prepare the server as docs/how-to/database.md says."
        return
    passes_by, owns = found
    if passes_by:
        yield f"The role {app} passes row-level security: it must be neither SUPERUSER nor BYPASSRLS."
    if owns:
        yield f"The role {app} has the rights of the database's owner: take it out of that role."
