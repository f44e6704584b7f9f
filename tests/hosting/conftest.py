"""Real deployments for the tests of hosting: a home in a short directory, and `fugong` as a process in it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import disks

ROOT = Path(__file__).resolve().parents[2]
READY = re.compile(r"Fugong runs at (\S+)")
PATIENCE = 200.0


@dataclass
class Finished:
    code: int
    out: str
    err: str


@dataclass
class Deployment:
    """A FUGONG_HOME and the environment of commands in it."""

    home: Path
    environ: dict[str, str]

    def run(self, *words: object, **environ: str) -> Finished:
        done = subprocess.run(
            [sys.executable, "-m", "fugong.cli", *map(str, words)],
            env={**self.environ, **environ},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    def play(self, *words: object) -> str:
        """What a part of `playing.py` prints; it uses the public operations in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.hosting.playing", *map(str, words)],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def held(self) -> Iterator[None]:
        """While inside, another program runs the database."""
        command = [sys.executable, "-m", "tests.hosting.playing", "hold"]
        with subprocess.Popen(
            command, env=self.environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield
            process.communicate("\n")

    def start(self, *words: object, **environ: str) -> Serving:
        """`fugong serve` on any free port, when it answers."""
        process = subprocess.Popen(
            [
                sys.executable,
                "-u",
                "-m",
                "fugong.cli",
                "serve",
                "--port",
                "0",
                "--workers",
                "1",
                *map(str, words),
            ],
            env={**self.environ, **environ},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return Serving(process)


class Serving:
    """A server that runs; `said` is what it has printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self.url = self.wait_for(READY)[1]

    def wait_for(self, pattern: re.Pattern[str] | str) -> re.Match[str]:
        """The first line from now on that has it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            found = re.search(pattern, line)
            if found:
                return found
        code = self.process.wait()
        self.process.stdout.close()
        raise AssertionError(f"it ended with {code} and said: {''.join(self.said)}")

    def family(self) -> list[int]:
        """All processes below it, however far."""
        found: list[int] = []
        parents = {self.process.pid}
        table = {int(path.name): parent_of(int(path.name)) for path in Path("/proc").glob("[0-9]*")}
        while parents:
            parents = {pid for pid, parent in table.items() if parent in parents}
            found += parents
        return found

    def named(self, text: str) -> int:
        """The one of its processes, next to the top, whose command line has the text."""
        return next(pid for pid in sorted(self.family()) if text in command_of(pid))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=PATIENCE)
        self.said.append(out)
        return self.process.returncode


@pytest.fixture(scope="session")
def migrated(hosting_ground: Path) -> Path:
    """A home whose tables are made; to be copied, not used."""
    deployment = _deployment(hosting_ground / "migrated")
    done = deployment.run("migrate")
    assert done.code == 0, done.err
    return deployment.home


@pytest.fixture(scope="session")
def hosting_ground() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="fugong-h-", dir=disks.fastest()))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="module")
def deployed(migrated: Path, hosting_ground: Path) -> Iterator[Deployment]:
    """One deployment for the tests of a module."""
    home = Path(tempfile.mkdtemp(prefix="m-", dir=hosting_ground)) / "home"
    home.parent.chmod(0o755)
    yield copy_of(migrated, home)
    shutil.rmtree(home.parent)


@pytest.fixture(scope="module")
def another(migrated: Path, hosting_ground: Path) -> Iterator[Deployment]:
    """A second one for the tests of a module, on which nothing runs between them."""
    home = Path(tempfile.mkdtemp(prefix="a-", dir=hosting_ground)) / "home"
    home.parent.chmod(0o755)
    yield copy_of(migrated, home)
    shutil.rmtree(home.parent)


@pytest.fixture
def deployment(migrated: Path, hosting_ground: Path) -> Iterator[Deployment]:
    """One's own."""
    home = Path(tempfile.mkdtemp(prefix="t-", dir=hosting_ground)) / "home"
    home.parent.chmod(0o755)
    yield copy_of(migrated, home)
    shutil.rmtree(home.parent)


def copy_of(home: Path, to: Path) -> Deployment:
    to.parent.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", str(home), str(to)], check=True)
    return _deployment(to)


def _deployment(home: Path) -> Deployment:
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("FUGONG_", "DJANGO_"))
    }
    if "FUGONG_POSTGRES_BIN" in os.environ:
        environ["FUGONG_POSTGRES_BIN"] = os.environ["FUGONG_POSTGRES_BIN"]
    # Collected once for all: this costs more than a start.
    static = home.parent.parent / "static" if home.name == "home" else home.parent / "static"
    return Deployment(home, environ | {"FUGONG_HOME": str(home), "FUGONG_STATIC": str(static)})


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return -1


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def lives(pid: int) -> bool:
    """Zombies do not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def wait_until(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
