"""One postmaster: start it as our child, wait until it answers, stop it."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fugong.core.postgres.accounts import Account
from fugong.core.postgres.binaries import Binaries
from fugong.core.postgres.creation import clean_environment
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.places import PORT, Place, Say
from fugong.core.postgres.processes import find_process

PR_SET_PDEATHSIG: Final = 1
FIRST_WORD_AFTER: Final = 5.0  # seconds of silence before the first progress sentence
POLL: Final = 0.02


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What postmaster.pid tells."""

    pid: int
    status: str
    shared_memory: int | None

    @property
    def ready(self) -> bool:
        return self.status == "ready"


def read_postmaster(data: Path) -> Postmaster | None:
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        lines += [""] * (8 - len(lines))
        memory = lines[6].split()
        return Postmaster(abs(int(lines[0])), lines[7].strip(), int(memory[1]) if len(memory) > 1 else None)
    except (FileNotFoundError, ValueError, IndexError):
        return None


def find_live(data: Path) -> Postmaster | None:
    """The postmaster that runs on this directory now, if any."""
    postmaster = read_postmaster(data)
    if postmaster is None:
        return None
    process = find_process(postmaster.pid)
    if process is None or process.command not in {"postgres", ""}:
        return None
    return postmaster if _works_in(postmaster.pid, data) else None


def launch(place: Place, binaries: Binaries, *, say: Say) -> "subprocess.Popen[bytes]":
    """Start the server and return when it is ready, however long recovery takes."""
    if threading.current_thread() is not threading.main_thread():
        # The kernel sends the parent-death signal when the *thread* that forked ends.
        raise DatabaseFault("The database must be started from the program's main thread.")
    early_log = place.root / "start.log"
    with early_log.open("wb") as output:
        child = subprocess.Popen(
            [binaries.program("postgres"), *_arguments(place)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=clean_environment(),
            preexec_fn=_die_with_parent(),
            **place.account.as_child(),
        )
    try:
        _wait_until_ready(child, place, say)
    except BaseException:
        stop(child, say=say)
        raise
    return child


def stop(child: "subprocess.Popen[bytes]", *, say: Say) -> None:
    """Fast shutdown: open transactions are rolled back, the checkpoint is written. Never -9."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
    pace = _Pace(say, "PostgreSQL is writing its last checkpoint")
    while child.poll() is None:
        pace.tick()


def wait_until_gone(data: Path, *, say: Say) -> None:
    pace = _Pace(say, "Waiting for the earlier PostgreSQL to end")
    while find_live(data):
        pace.tick()


def _arguments(place: Place) -> list[str]:
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(place.socket_dir),
        "unix_socket_permissions": "0700",
        "hba_file": str(place.root / "pg_hba.conf"),
        "ident_file": str(place.root / "pg_ident.conf"),
        "logging_collector": "on",
        "log_directory": str(place.log),
        "log_filename": "postgres-%w.log",  # one a weekday, overwritten after a week
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
    }
    return [
        "-D",
        str(place.data),
        *(part for key, value in settings.items() for part in ("-c", f"{key}={value}")),
    ]


def _die_with_parent() -> Callable[[], None] | None:
    """Code for the child between fork and exec: a parent killed by -9 takes the server along."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def ask_kernel() -> None:
        # After setuid, which clears it; Popen changes the user before it calls this.
        library.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return ask_kernel


def _wait_until_ready(child: "subprocess.Popen[bytes]", place: Place, say: Say) -> None:
    pace = _Pace(say, "PostgreSQL is recovering after an unclean stop; this ends by itself")
    while True:
        if child.poll() is not None:
            raise DatabaseFault(f"PostgreSQL did not start. {_last_words(place)}")
        postmaster = read_postmaster(place.data)
        # The number guards against the file of an earlier run, which also says "ready".
        if postmaster and postmaster.pid == child.pid and postmaster.ready:
            return
        pace.tick()


def _last_words(place: Place) -> str:
    logs = [place.root / "start.log", *sorted(place.log.glob("*.log"), key=lambda log: log.stat().st_mtime)]
    lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()[-20:]]
    causes = [line for line in lines if "FATAL" in line or "PANIC" in line or "postgres:" in line]
    return f"It said: {' | '.join(causes[-3:] or lines[-3:])} (log: {place.log})"


def _works_in(pid: int, data: Path) -> bool:
    """Whether the process has its working directory there, as a postmaster has.

    Tells a postmaster from another cluster's process that got the same number later. Where the
    kernel does not tell, the process is believed to be the one.
    """
    try:
        return os.path.realpath(f"/proc/{pid}/cwd", strict=True) == os.path.realpath(data)
    except OSError:
        return True


class _Pace:
    """Sleeps between looks, and says now and then how long it has been."""

    def __init__(self, say: Say, sentence: str) -> None:
        self._say, self._sentence = say, sentence
        self._began = time.monotonic()
        self._next = FIRST_WORD_AFTER

    def tick(self) -> None:
        time.sleep(POLL)
        passed = time.monotonic() - self._began
        if passed >= self._next:
            self._say(f"{self._sentence} ({passed:.0f} s so far).")
            self._next *= 2


def write_access_rules(place: Place, *, callers: set[str]) -> None:
    """Only the socket, and only accounts the kernel itself vouches for (`peer`)."""
    _write(place.root / "pg_hba.conf", "local all all peer map=fugong\n", place.account)
    lines = [f'fugong "{name}" "{role}"\n' for name in sorted(callers) for role in ROLES]
    _write(place.root / "pg_ident.conf", "".join(lines), place.account)


ROLES: Final = ("postgres", "fugong_owner", "fugong_app")


def _write(path: Path, text: str, account: Account) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(path)
