"""`fugong restore`: a backup into an empty FUGONG_HOME, counted and verified."""

from __future__ import annotations

import argparse
import importlib
import os
import secrets
from contextlib import AbstractContextManager
from pathlib import Path

import django

from fugong.cli import database
from fugong.cli.progress import telling
from fugong.core.postgres.binaries import find_binaries
from fugong.hosting import restore
from fugong.hosting.archive import Archive
from fugong.hosting.backup import Deployment
from fugong.hosting.certificates import wall_clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="move aside what FUGONG_HOME holds now")


def run(arguments: argparse.Namespace) -> int:
    home = database.home()
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    # Only for this run: a key that Django wants would otherwise be made in a folder that waits for its own.
    os.environ.setdefault("FUGONG_SECRET_KEY", secrets.token_urlsafe(50))
    with Archive.opened(arguments.file) as archive, telling() as progress:
        archive.check(progress)
        with _room(home, replace=arguments.replace) as aside, database.running():
            deployment = Deployment(home, database.superuser(), find_binaries())
            if database.is_external():
                restore.require_empty(deployment.superuser)
            django.setup()
            # By name: what touches rows can be imported only now.
            returned = importlib.import_module("fugong.cli.returned")
            returned.check(archive)
            restore.bring_back(archive, deployment, progress)
            code: int = returned.examine(archive.manifest)
    if aside:
        print(f"What was there before is in {aside}; remove it when you no longer need it.")
    return code


def _room(home: Path, *, replace: bool) -> AbstractContextManager[Path | None]:
    """On a server of one's own only the files are ours to move."""
    what = (restore.FILES,) if database.is_external() else restore.EVERYTHING
    return restore.emptied(home, replace=replace, now=wall_clock(), what=what)
