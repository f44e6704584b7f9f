"""A server as a process: it answers, lives on when parts of it die, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from fugong.core.postgres import locks, places

from .conftest import Deployment, Serving, command_of, lives, wait_until

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def serving(deployed: Deployment) -> Iterator[Serving]:
    server = deployed.start()
    yield server
    server.stop()


def health(server: Serving) -> str:
    with urlopen(f"{server.url}/healthz", timeout=10) as answer:
        return str(answer.read().decode())


def is_well(server: Serving) -> bool:
    try:
        return "ok" in health(server)
    except OSError:
        return False


def test_it_answers_with_pages_and_their_styles(serving):
    with urlopen(f"{serving.url}/", timeout=10) as page:
        text = page.read().decode()
    style = next(part for part in text.split('"') if part.endswith(".css"))
    with urlopen(f"{serving.url}{style}", timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/css")
        assert "immutable" in answer.headers["cache-control"]


def test_a_killed_web_server_is_started_again_and_said(serving):
    before = serving.named("hosting.web")
    os.kill(before, signal.SIGKILL)
    serving.wait_for(r"The web server ended \(killed by SIGKILL\); it is started again in")
    wait_until(lambda: is_well(serving))
    assert serving.named("hosting.web") != before


def test_a_killed_worker_is_started_again(serving):
    before = serving.named("fugong.cli worker")
    os.kill(before, signal.SIGKILL)
    serving.wait_for(r"The jobs worker ended \(killed by SIGKILL\)")
    wait_until(
        lambda: any("fugong.cli worker" in command_of(pid) for pid in serving.family() if pid != before)
    )


def test_a_killed_database_is_started_again(serving):
    os.kill(serving.named("-D"), signal.SIGKILL)
    wait_until(lambda: is_well(serving))


def test_a_port_in_use_gives_one_sentence(serving, deployed):
    port = serving.url.rpartition(":")[2]
    done = deployed.run("serve", "--port", port)
    assert done.code == 1
    assert done.err.strip().splitlines()[-1] == (
        f"fugong serve: Port {port} on 127.0.0.1 is in use by another program, perhaps another Fugong. "
        f"Stop that one, or choose another port: --port {int(port) + 1}."
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_ends_children_then_database(another, number):
    server = another.start()
    family = server.family()
    assert any("worker" in command_of(pid) for pid in family)
    assert server.stop(number) == 0
    assert not [pid for pid in family if lives(pid)]
    assert not locks.is_served(places.locate(another.home).root)
    assert not [line for line in server.said if "ended" in line]


def test_killed_itself_it_leaves_no_orphan(another):
    server = another.start()
    family = server.family()
    server.stop(signal.SIGKILL)
    wait_until(lambda: not [pid for pid in family if lives(pid)])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(server.url.rpartition(":")[2])))


def test_styles_are_collected_once(another, tmp_path):
    own = {"FUGONG_STATIC": str(tmp_path / "static")}
    first, second = (another.start("--no-worker", **own) for _ in range(2))
    first.stop()
    second.stop()
    assert "Collecting styles" in "".join(first.said)
    assert "Collecting styles" not in "".join(second.said)


def test_tables_of_an_earlier_version_are_not_served(deployment):
    deployment.play("unapply")
    done = deployment.run("serve", "--port", "0")
    assert done.code == 1
    assert "Run `fugong upgrade`, which makes a backup first." in done.err
