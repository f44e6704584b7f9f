"""A PostgreSQL of one's own, with the product's tables, that may be killed, stopped and starved."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from fugong.core.postgres import roles
from fugong.core.postgres.binaries import find_binaries
from fugong.core.postgres.cluster import Cluster
from tests import server


@dataclass
class Apart:
    cluster: Cluster
    name: str = "fugong"

    @property
    def postmaster(self) -> int:
        return int((self.cluster.place.data / "postmaster.pid").read_text().split()[0])

    @property
    def backends(self) -> list[int]:
        number = self.postmaster
        return [int(each) for each in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def kill(self) -> None:
        """All of it, as a machine that loses its memory would."""
        number, backends = self.postmaster, self.backends
        os.kill(number, signal.SIGKILL)
        for each in backends:
            os.kill(each, signal.SIGKILL)
        os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)

    def start_again(self) -> None:
        for each in connections.all():
            each.close()
        assert self.cluster.keep_running()


@contextmanager
def apart(folder: Path) -> Iterator[Apart]:
    """Its tables come from the run's own template; Django's connections lead here meanwhile."""
    outer, before = os.environ[server.VARIABLE], connections["default"].settings_dict["NAME"]
    tables = _told("pg_dump", "--dbname", "fugong", where=server.address())
    os.environ.pop(server.VARIABLE)
    made = server.Server(folder)
    made.start()
    try:
        _told("psql", "--quiet", "--dbname", "fugong", where=server.address(), said=tables)
        server.point_at("fugong")
        yield Apart(made.cluster)
    finally:
        for each in connections.all():
            each.close()
        made.stop()
        os.environ[server.VARIABLE] = outer
        server.point_at(before)


def _told(program: str, *words: str, where: dict[str, str], said: bytes = b"") -> bytes:
    command = [str(find_binaries().program(program)), "-h", where["host"], "-p", where["port"]]
    done = subprocess.run(
        [*command, "-U", roles.SUPERUSER, *words], input=said, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
