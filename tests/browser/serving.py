"""A Fugong that really runs: `fugong serve` as a process of its own, on a copy of the Datong case."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fugong.core.postgres import roles
from fugong.core.postgres.urls import ConnectionInfo
from tests import server

# The morning on which the scenario ends.
MORNING = "2022-04-28T08:30+08:00"
READY = "Fugong runs at "
PATIENCE = 20.0  # seconds to end in


@dataclass(slots=True)
class Site:
    """`password` opens every account of the case. `log` holds what the server said."""

    database: str
    home: Path
    static: Path
    password: str
    log: Path
    more: dict[str, str] = field(default_factory=dict)
    """Settings beyond those of every site."""
    url: str = ""
    _process: subprocess.Popen[str] | None = None
    _environment: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FUGONG_")},
            "DJANGO_SETTINGS_MODULE": "fugong.settings.base",
            "FUGONG_HOME": str(self.home),
            "FUGONG_STATIC": str(self.static),
            "FUGONG_DATABASE_URL": _connection(self.database, roles.APP).url(),
            "FUGONG_OWNER_DATABASE_URL": _connection(self.database, roles.OWNER).url(),
            "FUGONG_CLOCK": MORNING,
            "FUGONG_CLOCK_ANCHOR": str(int(time.time())),
            "FUGONG_ADMIN_MFA": "0",
            **self.more,
        }
        words = ["serve", "--port", "0", "--workers", "1"]
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                _command(words), stdout=subprocess.PIPE, stderr=log, text=True, env=self._environment
            )
        self.url = self._address()

    @property
    def clock_anchor(self) -> str:
        """When the clock of the case began to run, in seconds since 1970 UTC."""
        return self._environment["FUGONG_CLOCK_ANCHOR"]

    def stop(self) -> None:
        """As Ctrl-C would; whatever does not end in good order fails the test."""
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError("The server did not end when it was asked to.") from None
        assert self._process.returncode == 0, self.log.read_text()

    def command(self, *words: str) -> str:
        """What `fugong …` prints, run beside the server. It must succeed."""
        done = subprocess.run(
            _command(words), capture_output=True, text=True, env=self._environment, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _address(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(READY):
                return line.removeprefix(READY).split()[0]
        self._process.communicate()
        raise AssertionError(f"The server did not start: {self.log.read_text()}")


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "fugong.cli", *words]


def _connection(database: str, role: str) -> ConnectionInfo:
    where = server.address()
    return ConnectionInfo(host=where["host"], port=int(where["port"]), name=database, user=role)
