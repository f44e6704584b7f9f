import os
import subprocess

import psycopg
import pytest

from fugong.core.postgres import roles
from fugong.core.postgres.binaries import find_binaries
from fugong.core.postgres.selftest import find_problems

from .conftest import REPOSITORY

SUPERUSER, OWNER, APP = roles.SUPERUSER, roles.OWNER, roles.APP


@pytest.fixture
def notes(cluster, query):
    """A tenant table as migrations make them, with a policy and one row of each of two tenants."""
    owner = cluster.connection(OWNER)
    query(owner, "DROP TABLE IF EXISTS notes CASCADE")
    query(owner, "CREATE TABLE notes (id serial, authority int, body text)")
    query(owner, "INSERT INTO notes (authority, body) VALUES (1, 'one'), (2, 'two')")
    query(owner, "ALTER TABLE notes ENABLE ROW LEVEL SECURITY")
    query(owner, "ALTER TABLE notes FORCE ROW LEVEL SECURITY")
    query(
        owner,
        "CREATE POLICY tenant ON notes USING "
        "(authority = nullif(current_setting('fugong.authority', true), '')::int)",
    )
    yield "notes"
    query(owner, "DROP TABLE notes CASCADE")


def test_the_owner_owns_the_database_and_is_otherwise_nobody(cluster, query):
    superuser = cluster.connection(SUPERUSER)
    names = "rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcanlogin"
    for role in (OWNER, APP):
        found = query(superuser, f"SELECT {names} FROM pg_roles WHERE rolname = %s", role)
        assert found == [(False, False, False, False, True)]
    owned = query(superuser, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'fugong'")
    assert owned == [(OWNER,)]


def test_the_application_reads_and_writes_rows_of_its_tenant_only(cluster, query, notes):
    with psycopg.connect(cluster.connection(APP).conninfo()) as app:
        assert app.execute("SELECT body FROM notes").fetchall() == []
        app.execute("SET LOCAL fugong.authority = '1'")
        app.execute("INSERT INTO notes (authority, body) VALUES (1, 'three')")
        app.execute("UPDATE notes SET body = upper(body)")
        assert app.execute("SELECT body FROM notes ORDER BY id").fetchall() == [("ONE",), ("THREE",)]
        assert app.execute("DELETE FROM notes").rowcount == 2
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("INSERT INTO notes (authority, body) VALUES (2, 'for another')")


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE notes",
        "ALTER TABLE notes DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON notes",
        "DROP TABLE notes",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION hstore",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "SET ROLE fugong_owner",
        "SET SESSION AUTHORIZATION postgres",
        "SELECT setval('notes_id_seq', 1)",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY notes TO PROGRAM 'cat'",
    ],
)
def test_the_application_is_refused(cluster, query, notes, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(cluster.connection(APP), statement)


def test_the_owner_cannot_leave_its_database(cluster, query):
    for statement in ("CREATE ROLE mine", "SET ROLE postgres", "COPY (SELECT 1) TO PROGRAM 'cat'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            query(cluster.connection(OWNER), statement)


def test_a_test_database_is_born_with_the_rights(cluster, query):
    owner = cluster.connection(OWNER)
    query(owner.to_database("postgres"), "DROP DATABASE IF EXISTS test_born")
    query(owner.to_database("postgres"), "CREATE DATABASE test_born")
    born = owner.to_database("test_born")
    query(
        born,
        "CREATE TABLE stay (room int, during tstzrange, EXCLUDE USING gist (room WITH =, during WITH &&))",
    )
    query(cluster.connection(APP).to_database("test_born"), "INSERT INTO stay VALUES (1, '[now,now]')")
    query(owner.to_database("postgres"), "DROP DATABASE test_born")


def test_prepare_when_not_for_tests_takes_away_the_right_to_create_databases(cluster, query):
    superuser = cluster.connection(SUPERUSER).to_database("postgres")
    roles.prepare(superuser)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(cluster.connection(OWNER), "CREATE DATABASE mine")
    roles.prepare(superuser, for_tests=True)
    assert query(superuser, "SELECT rolcreatedb FROM pg_roles WHERE rolname = %s", OWNER) == [(True,)]


def test_prepare_again_mends_what_was_loosened_and_keeps_rows(cluster, query, notes):
    superuser = cluster.connection(SUPERUSER)
    query(superuser, "ALTER ROLE fugong_app SUPERUSER BYPASSRLS")
    with psycopg.connect(superuser.conninfo()) as connection:
        assert "must be neither SUPERUSER nor BYPASSRLS" in " ".join(find_problems(connection))
    roles.prepare(superuser.to_database("postgres"), for_tests=True)
    with psycopg.connect(superuser.conninfo()) as connection:
        assert find_problems(connection) == []
    assert query(superuser, "SELECT count(*) FROM notes") == [(2,)]


def test_prepare_with_passwords_lets_in_with_the_right_one_only(cluster, query):
    superuser = cluster.connection(SUPERUSER)
    roles.prepare(superuser, passwords={APP: "right 'one'"}, for_tests=True)
    rules = cluster.place.root / "pg_hba.conf"
    kept = rules.read_text(encoding="utf-8")
    rules.write_text(f"local all fugong_app scram-sha-256\n{kept}", encoding="utf-8")
    query(superuser, "SELECT pg_reload_conf()")
    try:
        info = cluster.connection(APP)
        where = f"{info.conninfo()} password="
        with psycopg.connect(where + r"'right \'one\''") as connection:
            assert connection.execute("SELECT current_user").fetchone() == (APP,)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(where + "wrong")
    finally:
        rules.write_text(kept, encoding="utf-8")
        query(superuser, "SELECT pg_reload_conf()")


@pytest.mark.parametrize("page", ["database.md", "database.zh.md"])
def test_the_script_in_the_documentation_is_this_one(page):
    text = (REPOSITORY / "docs" / "how-to" / page).read_text(encoding="utf-8")
    assert f"```sql\n{roles.script().strip()}\n```" in text


def test_script_run_by_psql_does_the_same_and_runs_twice(cluster, query, ground):
    superuser = cluster.connection(SUPERUSER).to_database("postgres")
    text = ground / "prepare.sql"
    text.write_text(roles.script("by hand"), encoding="utf-8")
    command = [find_binaries().program("psql"), superuser.conninfo(), "-X", "-f", str(text)]
    for _ in range(2):
        done = subprocess.run(
            command, input="first\nfirst\nsecond\nsecond\n", capture_output=True, text=True,
            check=False, start_new_session=True, env=os.environ,
        )  # fmt: skip
        assert (done.returncode, "ERROR" in done.stderr) == (0, False), done.stderr
    made = superuser.to_database("by hand")
    with psycopg.connect(made.conninfo()) as connection:
        assert find_problems(connection) == []
    query(cluster.connection(OWNER).to_database("by hand"), "CREATE TABLE t (id serial, x int)")
    query(cluster.connection(APP).to_database("by hand"), "INSERT INTO t (x) VALUES (1)")
    query(superuser, 'DROP DATABASE "by hand"')
    secrets = query(superuser, "SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'fugong%'")
    assert all(str(secret).startswith("SCRAM-SHA-256$") for (secret,) in secrets)
