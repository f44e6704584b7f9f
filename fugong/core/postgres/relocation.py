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
NOT_NEEDED: Final = shutil.ignore_patterns("include", "doc")


def reachable_binaries(binaries: Binaries, account: Account, *, say: Say) -> Binaries:
    """The same programs, or a copy of the wheel's when `account` cannot run them in place."""
    if _can_run(binaries.bindir, account):
        return binaries
    if not binaries.bundled:
        raise DatabaseFault(
            f"The user {account.name} cannot run the programs in {binaries.bindir}. "
            f"Name a directory which that user can read in {SETTING}."
        )
    site = binaries.bindir.parents[2]
    copy = COPIES / f"{binaries.origin}-{version(binaries.origin)}"
    if not copy.exists():
        say(f"Copying PostgreSQL to {copy}, where the user {account.name} can run it.")
        _copy(site, copy, install=binaries.bindir.parent.relative_to(site))
    return replace(binaries, bindir=copy / binaries.bindir.relative_to(site))


def _can_run(bindir: Path, account: Account) -> bool:
    if not account.demoted:
        return True
    try:
        asked = subprocess.run(  # noqa: S603 every word of the command is ours
            [bindir / "postgres", "--version"], check=False, capture_output=True, **account.as_child()
        )
    except PermissionError:
        return False
    return asked.returncode == 0


def _copy(site: Path, copy: Path, *, install: Path) -> None:
    """Whole or not at all: built beside, then renamed.

    The programs look for libraries inside the install tree, and in `<package>.libs` next to the
    package, by relative paths: so the layout of site-packages is kept.
    """
    for directory in (ELSEWHERE, COPIES):
        make_passable(directory)
    work = Path(tempfile.mkdtemp(dir=COPIES))
    try:
        for tree in (install, Path(f"{install.parts[0]}.libs")):
            if (site / tree).is_dir():
                shutil.copytree(site / tree, work / "tree" / tree, symlinks=True, ignore=NOT_NEEDED)
        _open_to_all(work / "tree")
        (work / "tree").rename(copy)
    finally:
        shutil.rmtree(work)


def _open_to_all(tree: Path) -> None:
    """Readable whatever the umask was at installation, and writable by the caller only."""
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for path in (Path(folder, name) for name in files):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
