import psycopg
import pytest

from fugong.core.postgres import selftest
from fugong.core.postgres.binaries import find_binaries
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.roles import APP, OWNER, SUPERUSER
from fugong.core.postgres.urls import ConnectionInfo

from .conftest import ENVIRON, wait_for


@pytest.fixture
def database(cluster, query):
    """Make a database with odd options, and say what is wrong with it."""
    made: list[ConnectionInfo] = []
    superuser = cluster.connection(SUPERUSER)

    def make(options: str) -> str:
        query(superuser, f"CREATE DATABASE odd_{len(made)} TEMPLATE template0 {options}")
        made.append(superuser.to_database(f"odd_{len(made)}"))
        with psycopg.connect(made[-1].conninfo()) as connection:
            return " ".join(selftest.find_problems(connection))

    yield make
    for info in made:
        query(superuser, f"DROP DATABASE {info.name}")


def test_a_fresh_cluster_is_sound(cluster, query):
    superuser = cluster.connection(SUPERUSER)
    selftest.require_sound(superuser)
    assert query(superuser, "SELECT extname FROM pg_extension ORDER BY 1") == [("btree_gist",), ("plpgsql",)]


def test_the_owner_of_a_server_of_ones_own_can_run_it(cluster):
    selftest.require_sound(cluster.connection(OWNER))


def test_libc_locale_c_is_found(database):
    told = database("LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'")
    assert "not understood by lower, upper, a regular expression" in told
    assert "pg_trgm splits Chinese into nothing" in told


@pytest.mark.skipif(find_binaries(ENVIRON).major < 17, reason="the builtin provider came with PostgreSQL 17")
def test_builtin_locale_over_libc_c_is_found_by_trigrams_alone(database):
    told = database("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' ENCODING 'UTF8'")
    assert told.startswith("pg_trgm splits Chinese into nothing")


def test_another_encoding_is_found(database):
    assert "Its encoding is SQL_ASCII" in database("LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'SQL_ASCII'")


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_switched_off_durability_is_found(cluster, query, name):
    superuser = cluster.connection(SUPERUSER)
    query(superuser, f"ALTER SYSTEM SET {name} = off")
    query(superuser, "SELECT pg_reload_conf()")
    try:
        # The server takes the change a moment after it is told.
        wait_for(lambda: query(superuser, f"SHOW {name}") == [("off",)])
        with pytest.raises(DatabaseFault, match=f"{name} is off.*Set {name} = on"):
            selftest.require_sound(superuser)
    finally:
        query(superuser, f"ALTER SYSTEM RESET {name}")
        query(superuser, "SELECT pg_reload_conf()")


def test_an_application_role_with_the_owners_rights_is_found(cluster, query):
    superuser = cluster.connection(SUPERUSER)
    query(superuser, f"GRANT {OWNER} TO {APP}")
    try:
        with pytest.raises(DatabaseFault, match="has the rights of the database's owner"):
            selftest.require_sound(superuser)
    finally:
        query(superuser, f"REVOKE {OWNER} FROM {APP}")


def test_a_missing_application_role_is_found(cluster):
    with pytest.raises(DatabaseFault, match="no role nobody_here: prepare the server"):
        selftest.require_sound(cluster.connection(SUPERUSER), app="nobody_here")


def test_a_cluster_that_fails_does_not_stay_up(home, query):
    cluster = Cluster(home)
    cluster.start()
    query(cluster.connection(SUPERUSER), "ALTER SYSTEM SET fsync = off")
    cluster.stop()
    with pytest.raises(DatabaseFault, match="fsync is off"):
        cluster.start()
    assert not cluster.started_here
    assert cluster.owner() is None
