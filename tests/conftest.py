"""The ground of all tests: a real PostgreSQL, the application's own role, no network, no leftovers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from tests import datong as case
from tests import server
from tests.datong import Datong
from tests.server import Server

TEMPLATE = "fugong"
_server = Server()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _server.stop()


def pytest_configure(config: pytest.Config) -> None:
    # A run put in the background by a shell ignores Ctrl-C, and so would every server that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parallel = getattr(config.option, "numprocesses", None)
    if parallel and not hasattr(config, "workerinput"):
        _server.start()
        # pytest-django has shut the database by now, for everyone who does not ask.
        with config.stash[blocking_manager_key].unblock():
            prepare_template()


def prepare_template() -> None:
    """The migrated database that every worker copies."""
    server.point_at(TEMPLATE)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    for connection in connections.all():
        connection.close()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: pytest.FixtureDef[object]
) -> Iterator[None]:
    """Tests write as `fugong_app`, so that row-level security binds them as it binds the product."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"fugong_test_{worker}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if worker == "alone":
            _server.start()
            prepare_template()
        server.copy_of(TEMPLATE, name)
        server.point_at(name)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for connection in connections.all():
            connection.close()
        server.drop(name)


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]
) -> Iterator[str]:
    """A database of this test's own in which commits are real: races, processes, kills. Yields its name."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"fugong_committed_{worker}"
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server.copy_of(TEMPLATE, name)
        server.point_at(name)
        try:
            yield name
        finally:
            server.point_at(before)
            server.drop(name)


@pytest.fixture(scope="session")
def datong(django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]) -> Datong:
    """The Datong case, played once a run for all workers. Take copies: `server.copy_of`."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return case.played(TEMPLATE)


@pytest.fixture(scope="session")
def datong_copy(datong: Datong, django_db_blocker: pytest.FixtureDef[object]) -> Iterator[str]:
    """This worker's copy, for tests that leave nothing behind."""
    name = f"fugong_datong_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server.copy_of(datong.template, name)
    yield name
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server.drop(name)


@pytest.fixture
def in_datong(
    datong: Datong, datong_copy: str, django_db_blocker: pytest.FixtureDef[object]
) -> Iterator[Datong]:
    """The test runs in the Datong case; what it writes is taken back. Not together with `db`."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        case.inside(datong_copy, datong.home),
        transaction.atomic(),
    ):
        yield datong
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def heyuan_case(django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]) -> Datong:
    """A tenth of the Heyuan case, played once a run for all workers."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return case.played(TEMPLATE, "heyuan", part=10)


@pytest.fixture
def in_heyuan(heyuan_case: Datong, django_db_blocker: pytest.FixtureDef[object]) -> Iterator[Datong]:
    """The test reads in that tenth; what it writes is taken back. Not together with `db`."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        case.inside(heyuan_case.template, heyuan_case.home),
        transaction.atomic(),
    ):
        yield heyuan_case
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def suzhou_case(django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]) -> Datong:
    """The Suzhou case, played once a run for all workers."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return case.played(TEMPLATE, "suzhou")


@pytest.fixture
def in_suzhou(suzhou_case: Datong, django_db_blocker: pytest.FixtureDef[object]) -> Iterator[Datong]:
    """The test reads in that case; what it writes is taken back. Not together with `db`."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        case.inside(suzhou_case.template, suzhou_case.home),
        transaction.atomic(),
    ):
        yield suzhou_case
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def language_of_the_settings() -> None:
    """A request leaves its reader's language behind in the thread: the next test would speak it."""
    translation.deactivate()
