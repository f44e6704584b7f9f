"""The database killed in the middle of a request: one clear page, nothing half-written, and on it goes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection, connections
from django.test import Client

from fugong.accounts.models import User
from fugong.areas.models import Authority
from fugong.core.ids import new_id
from fugong.core.postgres import roles
from fugong.core.postgres.cluster import Cluster
from fugong.core.tenancy import current_authority
from tests.accounts import making
from tests.core.web import doors
from tests.core.web.people import count_written, inspector, signed_in, text

pytestmark = pytest.mark.committed
WHERE = ("HOST", "PORT", "USER", "PASSWORD", "NAME")


@pytest.fixture(scope="module")
def migrated(
    session_cluster: Cluster, django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]
) -> Iterator[None]:
    """Django's connections lead to a server that may be killed."""
    if not session_cluster.started_here:
        session_cluster.start()
    before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for alias, user in (("default", roles.APP), ("owner", roles.OWNER)):
            lead(alias, {**session_cluster.connection(user).django(), "PASSWORD": ""})
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        yield
        for alias, settings in before.items():
            lead(alias, settings)


def lead(alias: str, where: dict[str, object]) -> None:
    connections[alias].close()
    connections[alias].settings_dict.update({name: where[name] for name in WHERE})


def kill(cluster: Cluster) -> None:
    """As the kernel does when memory is short: no signal it could answer."""
    number = int((cluster.place.data / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGKILL)
    os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)  # dead, and left for its parent to find so


@pytest.fixture
def north(migrated: None, cluster: Cluster, settings) -> Authority:
    settings.LANGUAGE_CODE = "en"
    settings.ROOT_URLCONF = "tests.core.web.doors"
    settings.FUGONG_ADMIN_MFA = False
    return making.authority(f"north-{new_id().hex[-12:]}")


@pytest.fixture
def ann(north: Authority) -> User:
    return inspector(north)


@pytest.fixture
def browser(ann: User) -> Client:
    return signed_in(ann)


@pytest.fixture
def midway(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Says what happens in the middle of the next request, once."""

    def happens(what: Callable[[], None]) -> None:
        def once() -> None:
            monkeypatch.setattr(doors, "midway", lambda: None)
            what()

        monkeypatch.setattr(doors, "midway", once)

    return happens


@pytest.mark.parametrize("method", ["get", "post"])
def test_killed_midway_gives_one_clear_page_and_keeps_nothing(cluster, north, browser, midway, method):
    form = {"_once": str(new_id())}
    midway(lambda: kill(cluster))
    response = getattr(browser, method)("/probe/interrupted/", form)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "The database does not answer" in text(response)
    assert "not acted on twice" in text(response)
    assert "psycopg" not in text(response)
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert current_authority() is None

    while_down = browser.get("/probe/for-all/")
    assert (while_down.status_code, "The database does not answer" in text(while_down)) == (503, True)

    assert cluster.keep_running()
    assert count_written(north) == 0
    assert browser.post("/probe/interrupted/", form).status_code == 302
    assert count_written(north) == 2


def test_one_session_ended_by_the_database_is_not_felt_by_the_next_request(north, browser, midway):
    def end_session() -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")

    midway(end_session)
    assert browser.post("/probe/interrupted/").status_code == 503
    assert count_written(north) == 0
    assert browser.post("/probe/interrupted/").status_code == 302
    assert count_written(north) == 2


def test_restarted_between_two_requests_nobody_notices(cluster, north, browser):
    assert browser.post("/probe/interrupted/").status_code == 302
    cluster.stop()
    cluster.start()
    close_old_connections()  # as the server does when a request begins; Django's test client does not
    assert browser.post("/probe/interrupted/").status_code == 302
    assert count_written(north) == 4


def test_health_tells_a_load_balancer(cluster, north):
    kill(cluster)
    close_old_connections()
    assert Client(raise_request_exception=False).get("/healthz").status_code == 503
    assert cluster.keep_running()
    assert Client(raise_request_exception=False).get("/healthz").status_code == 200
