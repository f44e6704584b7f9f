"""The database of a command: the one named by FUGONG_DATABASE_URL, or the embedded one, joined or started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fugong.core.postgres import roles
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.postmaster import has_live_postmaster
from fugong.settings.reader import environment

_cluster: Cluster | None = None
HOME = Path.home() / ".local" / "share" / "fugong"


def home() -> Path:
    return environment().folder("FUGONG_HOME", HOME)


@contextmanager
def running() -> Iterator[None]:
    """While inside, FUGONG_DATABASE_URL and FUGONG_OWNER_DATABASE_URL name a running server.

    Must be entered before Django's settings are read. Stops at the end only what it started itself.
    """
    if os.environ.get("FUGONG_DATABASE_URL"):
        yield
        return
    global _cluster  # noqa: PLW0603 - one process has one database; a server looks after it
    cluster = _cluster = Cluster(home(), say=say)
    cluster.attach_or_start()
    os.environ["FUGONG_DATABASE_URL"] = cluster.connection(roles.APP).url()
    os.environ["FUGONG_OWNER_DATABASE_URL"] = cluster.connection(roles.OWNER).url()
    try:
        yield
    finally:
        _cluster = None
        cluster.stop()


def look_after() -> None:
    """Starts the embedded database again when it was killed, or when the program that ran it has ended.

    For programs that run long; call it now and then from the main thread, inside `running()`.
    """
    if _cluster is not None and not has_live_postmaster(_cluster.place.data):
        _cluster.keep_running() or _cluster.attach_or_start()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
