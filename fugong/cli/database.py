"""The database of a command: the one named by FUGONG_DATABASE_URL, or the embedded one, joined or started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fugong.core.postgres import roles
from fugong.core.postgres.cluster import Cluster
from fugong.settings.reader import environment

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
    cluster = Cluster(home(), say=say)
    cluster.attach_or_start()
    os.environ["FUGONG_DATABASE_URL"] = cluster.connection(roles.APP).url()
    os.environ["FUGONG_OWNER_DATABASE_URL"] = cluster.connection(roles.OWNER).url()
    try:
        yield
    finally:
        cluster.stop()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
