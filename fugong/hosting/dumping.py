"""PostgreSQL's own programs for writing a database down and reading it in again."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from fugong.core.postgres.binaries import Binaries
from fugong.core.postgres.urls import ConnectionInfo
from fugong.hosting.faults import HostingFault
from fugong.hosting.snapshot import LEFT_OUT


def dump(superuser: ConnectionInfo, file: Path, *, snapshot: str, programs: Binaries) -> None:
    """Writes the moment that `snapshot` names, compressed, with owners, grants and policies."""
    left_out = [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    options = ["--format=custom", f"--snapshot={snapshot}", f"--file={file}", *left_out]
    _run("pg_dump", superuser, options, programs)


def load(superuser: ConnectionInfo, file: Path, *, programs: Binaries) -> None:
    """Reads it into a database without tables: all of it, or nothing."""
    _run("pg_restore", superuser, ["--single-transaction", "--exit-on-error", str(file)], programs)


def _run(name: str, superuser: ConnectionInfo, options: list[str], programs: Binaries) -> None:
    # The password by the environment: a command line can be read by everybody on the machine.
    where = replace(superuser, password="").conninfo()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    if superuser.password:
        environment["PGPASSWORD"] = superuser.password
    command = [programs.program(name), f"--dbname={where}", "--no-password", *options]
    try:
        done = subprocess.run(  # noqa: S603 every word of the command is ours
            command, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise HostingFault(
            f"{name} cannot be run from {programs.bindir} ({error.strerror}). Install PostgreSQL's client "
            "programs there, or set FUGONG_POSTGRES_BIN to a directory that has them."
        ) from None
    if done.returncode != 0:
        raise HostingFault(f"{name} failed. It said: {done.stderr.strip()}")
