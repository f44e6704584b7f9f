"""One server: start it as our child, wait until it answers, stop it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from fugong.core.postgres.access import access_settings
from fugong.core.postgres.binaries import Binaries
from fugong.core.postgres.creation import clean_environment
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.pace import Pace, Say
from fugong.core.postgres.places import PORT, Place
from fugong.core.postgres.postmaster import read_postmaster
from fugong.core.postgres.serverlog import last_words, log_settings
from fugong.core.postgres.sizing import size_settings

Server = subprocess.Popen[bytes]
CHILD: Final = Path(__file__).with_name("child.py")


def launch(place: Place, binaries: Binaries, *, lock: int, say: Say) -> Server:
    """Start the server and return when it is ready, however long recovery takes.

    `lock` is the `serving` lock's handle; all processes of the server inherit it.
    """
    if threading.current_thread() is not threading.main_thread():
        # The kernel sends the parent-death signal when the *thread* that forked ends.
        raise DatabaseFault("The database must be started from the program's main thread.")
    server = _spawn(place, binaries, lock)
    try:
        _wait_until_ready(server, place, say)
    except BaseException:
        stop(server, say=say)
        raise
    return server


def stop(server: Server, *, say: Say) -> None:
    """Fast shutdown: open transactions are rolled back, a checkpoint is written. Never -9."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    pace = Pace(say, "PostgreSQL is writing its last checkpoint")
    while server.poll() is None:
        pace.tick()


def _spawn(place: Place, binaries: Binaries, lock: int) -> Server:
    account = place.account
    become = [str(os.getpid()), str(account.uid), str(account.gid)]
    early = _early_log(place)
    early.unlink(missing_ok=True)
    with early.open("xb") as output:
        return subprocess.Popen(  # noqa: S603 every word of the command is ours
            [sys.executable, "-I", "-S", str(CHILD), *become, *_command(place, binaries)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C in the terminal is for us; we then stop the server
            cwd="/",
            env=clean_environment(),
            pass_fds=(lock,),
        )


def _command(place: Place, binaries: Binaries) -> list[str]:
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(place.socket_dir),
        "unix_socket_permissions": "0700",
        **access_settings(place.root),
        **log_settings(place.log),
        **size_settings(place.data),
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [binaries.program("postgres"), "-D", str(place.data), *options]


def _wait_until_ready(server: Server, place: Place, say: Say) -> None:
    pace = Pace(say, "PostgreSQL is recovering after an unclean stop; this ends by itself")
    while True:
        if server.poll() is not None:
            said = last_words(_early_log(place), place.log)
            raise DatabaseFault(f"PostgreSQL did not start. It said: {said} (its log: {place.log})")
        postmaster = read_postmaster(place.data)
        # The number guards against the file of an earlier run, which also says "ready".
        if postmaster and postmaster.pid == server.pid and postmaster.ready:
            return
        pace.tick()


def _early_log(place: Place) -> Path:
    """What is said before the server opens its own log."""
    return place.root / "start.log"
