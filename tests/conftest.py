"""The ground of all tests: a real PostgreSQL, the application's own role, no network, no leftovers."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections

from tests import server
from tests.server import Server

TEMPLATE = "fugong"
_server = Server()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _server.stop()


def pytest_configure(config: pytest.Config) -> None:
    parallel = getattr(config.option, "numprocesses", None)
    if parallel and not hasattr(config, "workerinput"):
        _server.start()
        prepare_template()


def prepare_template() -> None:
    """The migrated database that every worker copies."""
    _point_at(TEMPLATE)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    for connection in connections.all():
        connection.close()


def _point_at(name: str) -> None:
    where = server.address()
    for alias, user in (("default", "fugong_app"), ("owner", "fugong_owner")):
        connections[alias].close()
        connections[alias].settings_dict.update(
            HOST=where["host"], PORT=where["port"], USER=user, PASSWORD="", NAME=name
        )


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
        _point_at(name)
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
        _point_at(name)
        try:
            yield name
        finally:
            _point_at(before)
            server.drop(name)
