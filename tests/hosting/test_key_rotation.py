"""`fugong keys status | rotate | renew-master` on a deployment that lived."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hosting.conftest import Deployment


@pytest.fixture(scope="module")
def lived(deployed: Deployment) -> Iterator[str]:
    """What a reader sees before; the database runs on meanwhile, as it does under a server."""
    with deployed.held():
        deployed.play("live")
        yield deployed.play("look")


def test_keys_are_changed_while_everything_stays_readable(deployed, lived):
    before = deployed.run("keys", "status")
    assert before.code == 0, before.err
    assert "1 master keys" in before.out
    assert "contact: since" in before.out

    done = deployed.run("keys", "rotate", "--class", "contact")
    assert done.code == 0, done.err
    assert "north: new keys for contact." in done.out
    assert "north: 10 values moved to them." in done.out
    assert "1 older keys, 0 values still under them" in deployed.run("keys", "status").out
    assert deployed.play("look") == lived

    done = deployed.run("keys", "renew-master")
    assert done.code == 0, done.err
    assert "run `fugong keys backup` again" in done.out
    assert sorted(path.name for path in (deployed.home / "keys").glob("master-*")) == [
        "master-0001.key",
        "master-0002.key",
    ]
    assert deployed.play("look") == lived

    listed = deployed.run("audit", "list", "--what", "keys.")
    assert listed.out.count("keys.rotate") == 1
    assert listed.out.count("keys.rewrap") == 1
    assert deployed.run("audit", "verify").code == 0


def test_an_unknown_authority_and_an_unknown_class_are_named(deployed, lived):
    assert deployed.run("keys", "status", "--authority", "south").code == 2
    done = deployed.run("keys", "rotate", "--class", "phones")
    assert done.code == 2
    assert "there are " in done.err
