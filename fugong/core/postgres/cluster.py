"""The embedded cluster of one FUGONG_HOME."""

import atexit
import logging
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from fugong.core.postgres import launch, locks, places, roles, selftest
from fugong.core.postgres.access import write_access_rules
from fugong.core.postgres.accounts import by_uid
from fugong.core.postgres.binaries import Binaries, find_binaries
from fugong.core.postgres.creation import ensure_data
from fugong.core.postgres.faults import DatabaseFault, HeldByOther
from fugong.core.postgres.ownership import Owner, read_owner, this_process, write_owner
from fugong.core.postgres.pace import Pace, Say
from fugong.core.postgres.places import Place
from fugong.core.postgres.postmaster import ask_to_end, drop_stale_files, has_live_postmaster
from fugong.core.postgres.relocation import reachable_binaries
from fugong.core.postgres.serverlog import trim_logs
from fugong.core.postgres.urls import ConnectionInfo

logger = logging.getLogger(__name__)


class Cluster:
    """Start, join, or stop the PostgreSQL of a FUGONG_HOME.

    `start` makes this process the owner and refuses when another one is; `attach_or_start`
    joins a running server. `stop` stops only what this object started. As a context manager it
    starts and stops. `say` gets one sentence at a time about what takes long or is unusual.
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
        self._server: launch.Server | None = None
        self._started_by = 0

    @property
    def place(self) -> Place:
        return places.locate(self._home, environ=self._environ)

    @property
    def started_here(self) -> bool:
        """Whether this object, in this very process and not before a fork, started the server."""
        return self._server is not None and self._started_by == os.getpid()

    def connection(self, user: str = roles.APP) -> ConnectionInfo:
        """How to connect, whether the server runs or not; starts nothing."""
        place = self.place
        # requirepeer: the client, too, checks whom it talks to.
        options = {"requirepeer": place.account.name}
        return ConnectionInfo(
            host=str(place.socket_dir), port=places.PORT, name=roles.DATABASE, user=user, options=options
        )

    def start(self) -> ConnectionInfo:
        """Become the owner. Raises HeldByOther when a live program already is."""
        self._enter(attach=False)
        return self.connection()

    def attach_or_start(self) -> ConnectionInfo:
        """Join the running server, or start one when there is none."""
        self._enter(attach=True)
        return self.connection()

    def stop(self) -> None:
        """Stop the server if this object started it; else do nothing."""
        if self._server is None or not self.started_here:
            return
        launch.stop(self._server, say=self._say)
        self._server, self._started_by = None, 0
        atexit.unregister(self.stop)

    def keep_running(self) -> bool:
        """Start the server again if it was killed; True when it was. Call from the main thread.

        When another program has been quicker and runs it now, this one takes over at a later
        call, when that program has stopped it.
        """
        if self._started_by != os.getpid() or (self._server and self._server.poll() is None):
            return False
        self._server = None
        self._enter(attach=True)
        return self.started_here

    def owner(self) -> Owner | None:
        """Who runs the server now, as far as can be told."""
        root = self.place.root
        return read_owner(root) if locks.is_served(root) else None

    def erase(self) -> None:
        """Remove the database for good. Raises HeldByOther while a server runs on it."""
        place = self.place
        if not place.root.exists():
            return
        with locks.starting(place.root, say=self._say), locks.serving(place.root) as lock:
            if lock is None:
                raise self._held(place, read_owner(place.root))
            if place.socket_dir.parent != place.root:
                shutil.rmtree(place.socket_dir, ignore_errors=True)
            shutil.rmtree(place.root)
            if place.moved:
                shutil.rmtree(place.base)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _enter(self, *, attach: bool) -> None:
        if sys.platform != "linux":
            # Elsewhere nothing ends the server of a killed program; see ADR 2.
            raise DatabaseFault(
                "Fugong runs a PostgreSQL of its own on Linux only. Name a server in FUGONG_DATABASE_URL."
            )
        place = self.place
        places.create(place, say=self._say)
        try:
            self._decide(place, attach=attach)
        except OSError as error:
            where = error.filename or place.root
            raise DatabaseFault(f"The database could not be started: {where}: {error.strerror}.") from error

    def _decide(self, place: Place, *, attach: bool) -> None:
        with locks.starting(place.root, say=self._say):
            owner = self._live_owner(place)
            if owner is None:
                self._start(place)
            elif not attach:
                raise self._held(place, owner)

    def _live_owner(self, place: Place) -> Owner | None:
        """Who runs the server now. What is left of a killed program or server is awaited."""
        if not locks.is_served(place.root):
            return None
        owner = read_owner(place.root)
        if owner is not None and owner.may_live and (owner.elsewhere or has_live_postmaster(place.data)):
            return owner
        pace = Pace(self._say, "Waiting for what is left of a killed PostgreSQL to end")
        ask_to_end(place.data)
        while locks.is_served(place.root):
            pace.tick()
        return None

    def _start(self, place: Place) -> None:
        binaries = self._chosen or find_binaries(self._environ)
        binaries = reachable_binaries(binaries, place.account, say=self._say)
        for directory in (place.log, place.socket_dir):
            places.own_directory(directory, place.account)
        ensure_data(place, binaries, say=self._say)
        trim_logs(place.log)
        write_access_rules(place.root, accounts={place.account.name, by_uid(os.geteuid()).name})
        with locks.serving(place.root) as lock:
            if lock is None:
                raise self._held(place, None)
            drop_stale_files(place.data, place.socket_dir)
            write_owner(place.root, this_process())
            self._server = launch.launch(place, binaries, lock=lock, say=self._say)
        self._started_by = os.getpid()
        atexit.register(self.stop)
        self._make_ready()

    def _make_ready(self) -> None:
        """Roles, rights and the self-test; a server that fails them does not stay up."""
        superuser = self.connection(roles.SUPERUSER)
        try:
            roles.prepare(superuser.to_database("postgres"), for_tests=self._for_tests)
            selftest.require_sound(superuser)
        except psycopg.Error as error:
            self.stop()
            raise DatabaseFault(f"PostgreSQL runs, but cannot be used: {str(error).strip()}") from error
        except BaseException:
            self.stop()
            raise

    @staticmethod
    def _held(place: Place, owner: Owner | None) -> DatabaseFault:
        who = owner or "a PostgreSQL which Fugong did not start"
        return HeldByOther(
            f"The database in {place.data} is already in use by {who}. "
            "Stop that first, or set FUGONG_HOME to another directory."
        )
