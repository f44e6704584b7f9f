"""The database of a command: the one named by FUGONG_DATABASE_URL, or the embedded one, joined or started."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Final

import psycopg

from fugong.core.postgres import roles
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.postmaster import has_live_postmaster
from fugong.core.postgres.readiness import lay_ready
from fugong.core.postgres.urls import ConnectionInfo, parse_url
from fugong.hosting.faults import HostingFault
from fugong.hosting.seldom import seldom
from fugong.settings.reader import environment

SUPERUSER = "FUGONG_SUPERUSER_DATABASE_URL"
_cluster: Cluster | None = None
HOME = Path.home() / ".local" / "share" / "fugong"
AT_LEISURE: Final = 600.0
"""Seconds, and so long after the start: not while the first users wait, nor for a home that is tried out."""
LAYING: Final = "laying the log ready"


def home() -> Path:
    return environment().folder("FUGONG_HOME", HOME)


@contextmanager
def running(*, alone: bool = False) -> Iterator[None]:
    """While inside, FUGONG_DATABASE_URL and FUGONG_OWNER_DATABASE_URL name a running server.

    `alone` refuses an embedded one that another program runs already. Must be entered before Django's
    settings are read. Stops at the end only what it started itself.
    """
    if os.environ.get("FUGONG_DATABASE_URL"):
        yield
        return
    global _cluster  # noqa: PLW0603 - one process has one database; a server looks after it
    cluster = _cluster = Cluster(home(), say=say)
    cluster.start() if alone else cluster.attach_or_start()
    os.environ["FUGONG_DATABASE_URL"] = cluster.connection(roles.APP).url()
    os.environ["FUGONG_OWNER_DATABASE_URL"] = cluster.connection(roles.OWNER).url()
    try:
        yield
    finally:
        _cluster = None
        cluster.stop()


def is_external() -> bool:
    """Whether the database is a server of one's own. Ask before `running()` or inside it."""
    return _cluster is None and bool(os.environ.get("FUGONG_DATABASE_URL"))


def superuser() -> ConnectionInfo:
    """Whom row-level security does not bind: he alone can write down all tenants. Inside `running()`."""
    if _cluster is not None:
        return _cluster.connection(roles.SUPERUSER)
    url = environment().text(SUPERUSER, "")
    if not url:
        raise HostingFault(
            "This database is a server of your own. Only a superuser there sees the rows of all tenants: "
            f"set {SUPERUSER} to a superuser's URL for this command."
        )
    return parse_url(url, setting=SUPERUSER)


def look_after() -> None:
    """Starts the embedded database again when it was killed, or when the program that ran it has ended.

    For programs that run long; call it now and then from the main thread, inside `running()`.
    """
    if _cluster is not None and not has_live_postmaster(_cluster.place.data):
        _cluster.keep_running() or _cluster.attach_or_start()


def chores() -> Callable[[], None]:
    """To be called as often as `look_after`; what has time is done now and then."""
    at_leisure = seldom(make_ready, AT_LEISURE)

    def both() -> None:
        look_after()
        at_leisure()

    return both


def make_ready() -> None:
    """Makes the embedded database's log ready for a rush, without being waited for. Again: nothing."""
    if _cluster is not None and _cluster.started_here:
        Thread(target=_lay_ready, args=(superuser(),), name=LAYING, daemon=True).start()


def _lay_ready(superuser: ConnectionInfo) -> None:
    try:
        lay_ready(superuser)
    except psycopg.Error as error:
        say(f"The database's log could not be made ready for a rush: {str(error).strip()}")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
