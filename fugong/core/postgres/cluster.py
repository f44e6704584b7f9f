"""The embedded cluster of one FUGONG_HOME."""

import atexit
import logging
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from fugong.core.postgres import launch, places, roles
from fugong.core.postgres.accounts import by_uid
from fugong.core.postgres.binaries import Binaries, find_binaries
from fugong.core.postgres.creation import SUPERUSER, ensure_data
from fugong.core.postgres.faults import HeldByOther
from fugong.core.postgres.ownership import Owner, read_owner, this_process, write_owner
from fugong.core.postgres.places import Place, Say
from fugong.core.postgres.processes import exclusive
from fugong.core.postgres.urls import ConnectionInfo

logger = logging.getLogger(__name__)


class Cluster:
    """Start, stop, or join the PostgreSQL of a FUGONG_HOME.

    `start` makes this process the owner and refuses when another one is; `attach_or_start`
    joins a running one. `stop` stops only what this object started. As a context manager it
    starts and stops.
    """

    def __init__(
        self,
        home: Path,
        *,
        binaries: Binaries | None = None,
        for_tests: bool = False,
        say: Say = logger.info,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._home, self._environ, self._say = home, environ, say
        self._chosen, self._for_tests = binaries, for_tests
        self._child: subprocess.Popen[bytes] | None = None
        self._started_by = 0

    @property
    def place(self) -> Place:
        return places.locate(self._home, environ=self._environ)

    @property
    def running_here(self) -> bool:
        """Whether this object started the server and has not stopped it."""
        return self._child is not None and self._started_by == os.getpid()

    def connection(self, user: str = roles.APP) -> ConnectionInfo:
        """How to connect, whether the server runs or not; reads, starts nothing."""
        place = self.place
        return ConnectionInfo(
            host=str(place.socket_dir),
            port=places.PORT,
            name=roles.DATABASE,
            user=user,
            options={"requirepeer": place.account.name},
        )

    def start(self) -> ConnectionInfo:
        """Become the owner. Raises HeldByOther when a live process already is."""
        self._enter(attach=False)
        return self.connection()

    def attach_or_start(self) -> ConnectionInfo:
        """Join the running server, or start one when there is none."""
        self._enter(attach=True)
        return self.connection()

    def stop(self) -> None:
        """Stop the server if this object started it, in this very process and not in a fork."""
        if self._child is None or not self.running_here:
            return
        launch.stop(self._child, say=self._say)
        self._child = None
        atexit.unregister(self.stop)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _enter(self, *, attach: bool) -> None:
        place = self.place
        places.create(place, say=self._say)
        with exclusive(place.root / "lock"):
            owner = self._live_owner(place)
            if owner is None:
                self._start(place)
            elif not attach:
                raise HeldByOther(
                    f"The database in {place.data} is already run by {owner}. "
                    "Stop that one first, or use another FUGONG_HOME."
                )

    def _live_owner(self, place: Place) -> Owner | None:
        """Who runs the server now. One left by a dead owner is asked to end, and awaited."""
        postmaster = launch.find_live(place.data)
        if postmaster is None:
            return None
        owner = read_owner(place.root / "owner.json")
        if owner is not None and owner.alive:
            return owner
        self._say("PostgreSQL is still running for a program that has died; stopping it.")
        os.kill(postmaster.pid, signal.SIGINT)
        launch.wait_until_gone(place.data, say=self._say)
        return None

    def _start(self, place: Place) -> None:
        binaries = self._chosen or find_binaries(self._environ)
        ensure_data(place, binaries, say=self._say)
        callers = {place.account.name, by_uid(os.geteuid()).name}
        launch.write_access_rules(place, callers=callers)
        self._child = launch.launch(place, binaries, say=self._say)
        self._started_by = os.getpid()
        atexit.register(self.stop)
        write_owner(place.root / "owner.json", this_process())
        superuser = self.connection(SUPERUSER).to_database("postgres")
        roles.prepare(superuser, for_tests=self._for_tests)
