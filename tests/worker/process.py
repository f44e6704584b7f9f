"""A real worker process on the test's own database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from fugong.core.postgres import roles
from fugong.core.postgres.urls import ConnectionInfo
from tests import server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90.0
Worker = subprocess.Popen[bytes]


def environment(database: str) -> dict[str, str]:
    where = server.address()
    owner = ConnectionInfo(where["host"], int(where["port"]), database, roles.OWNER)
    return os.environ | {
        "FUGONG_DATABASE_URL": replace(owner, user=roles.APP).url(),
        "FUGONG_OWNER_DATABASE_URL": owner.url(),
        "FUGONG_HOME": str(settings.FUGONG_HOME),
        "FUGONG_LOG": "INFO",
        "DJANGO_SETTINGS_MODULE": "fugong.settings.base",
    }


@contextmanager
def worker(database: str, log: Path) -> Iterator[Worker]:
    """Killed at the end if the test has not stopped it."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "fugong.cli", "worker"],
            env=environment(database),
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process: Worker) -> None:
    """As a power cut would: no signal it could answer."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def stop(process: Worker) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=PATIENCE_SECONDS)


def wait_for(what: str, happened: Callable[[], bool], log: Path) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > patience:
            said = log.read_text()[-4000:] if log.exists() else ""
            raise AssertionError(f"{what} did not happen within {PATIENCE_SECONDS} s\n{said}")
        time.sleep(0.2)
