"""What the process does when the database ends the sessions by which it hears and loads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from fugong.areas.models import Authority
from fugong.core.postgres import roles
from fugong.passage.choices import Answer
from tests.passage.process.keeping import Site, connection, until, worker

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]
HEARING = "query like '%pg_notify%'"
WAITING = "wait_event_type = 'Lock'"


@contextmanager
def master(site: Site) -> Iterator[psycopg.Connection]:
    with psycopg.connect(connection(site.name, roles.SUPERUSER).conninfo(), autocommit=True) as made:
        yield made


def end(site: Site, which: str) -> bool:
    """Whether there was such a session."""
    with master(site) as asking:
        return bool(
            asking.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                f" where datname = current_database() and pid <> pg_backend_pid() and {which}"
            ).fetchall()
        )


def test_process_when_the_database_ends_what_loads_then_loads_again_and_hears(site: Site):
    """As when PostgreSQL is killed again while all is loaded after the first time."""
    with master(site) as holding, holding.transaction():
        holding.execute(f"lock table {Authority._meta.db_table}")
        until(lambda: end(site, HEARING))
        until(lambda: end(site, WAITING))
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    assert site.process is not None
    assert site.process.poll() is None
