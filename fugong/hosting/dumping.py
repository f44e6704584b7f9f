"""PostgreSQL's own programs for writing a database down and reading it in again."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg

from fugong.core.postgres.binaries import Binaries
from fugong.core.postgres.urls import ConnectionInfo
from fugong.hosting.faults import HostingFault
from fugong.hosting.snapshot import LEFT_OUT

KNOWS_TIMEOUT: Final = 17  # the first server with this setting
UNKNOWN: Final = b"SET transaction_timeout"
HEAD: Final = 4096  # bytes: settings come first


def dump(superuser: ConnectionInfo, file: Path, *, snapshot: str, programs: Binaries) -> None:
    """Writes the moment that `snapshot` names, compressed, with owners, grants and policies."""
    left_out = [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    options = ["--format=custom", f"--snapshot={snapshot}", f"--file={file}", *left_out]
    _run("pg_dump", superuser, options, programs)


def load(superuser: ConnectionInfo, file: Path, *, programs: Binaries) -> None:
    """Reads it into a database without tables: all of it, or nothing."""
    with psycopg.connect(superuser.conninfo()) as connection:
        server = connection.info.server_version // 10_000
    if server >= KNOWS_TIMEOUT:
        _run("pg_restore", superuser, ["--single-transaction", "--exit-on-error", str(file)], programs)
    else:
        _load_as_script(superuser, file, programs)


def _load_as_script(superuser: ConnectionInfo, file: Path, programs: Binaries) -> None:
    """For an older server: newer programs begin with a setting that it does not know, and stop there."""
    script = file.with_suffix(".sql")
    try:
        script.touch(mode=0o600)
        _call("pg_restore", [f"--file={script}", str(file)], programs, environ=_environ(superuser))
        with script.open("r+b") as text:
            place = text.read(HEAD).find(UNKNOWN)
            if place >= 0:
                text.seek(place)
                text.write(b"--")
        options = [
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            f"--file={script}",
        ]
        _run("psql", superuser, options, programs)
    finally:
        script.unlink(missing_ok=True)


def _run(name: str, superuser: ConnectionInfo, options: list[str], programs: Binaries) -> None:
    where = replace(superuser, password="").conninfo()
    _call(name, [f"--dbname={where}", "--no-password", *options], programs, environ=_environ(superuser))


def _environ(superuser: ConnectionInfo) -> dict[str, str]:
    """The password by the environment: a command line can be read by everybody on the machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | ({"PGPASSWORD": superuser.password} if superuser.password else {})


def _call(name: str, options: list[str], programs: Binaries, *, environ: dict[str, str]) -> None:
    command = [programs.program(name), *options]
    try:
        done = subprocess.run(  # noqa: S603 every word of the command is ours
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise HostingFault(
            f"{name} cannot be run from {programs.bindir} ({error.strerror}). Install PostgreSQL's client "
            "programs there, or set FUGONG_POSTGRES_BIN to a directory that has them."
        ) from None
    if done.returncode != 0:
        raise HostingFault(f"{name} failed. It said: {done.stderr.strip()}")
