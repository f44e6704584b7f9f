"""`fugong upgrade`: a backup, then the database to this version; back to the backup when that fails."""

from __future__ import annotations

import argparse
import importlib

import django

from fugong.cli import database
from fugong.cli.progress import telling
from fugong.core.postgres.binaries import find_binaries
from fugong.hosting import upgrade
from fugong.hosting.backup import Deployment
from fugong.hosting.certificates import wall_clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="only say what is to be done; exit code 1 if any"
    )


def run(arguments: argparse.Namespace) -> int:
    home = database.home()
    with telling() as progress:
        if not database.is_external() and not arguments.check:
            aside = upgrade.move_to_newer_programs(
                home, now=wall_clock(), say=database.say, progress=progress
            )
            if aside:
                print(f"The database was moved to this PostgreSQL; the old one is in {aside}.")
        with database.running(alone=not arguments.check):
            django.setup()
            # By name: what touches rows can be imported only now.
            upgrading = importlib.import_module("fugong.cli.upgrading")
            if arguments.check:
                return int(upgrading.tell())
            deployment = Deployment(home, database.superuser(), find_binaries())
            return int(upgrading.run(deployment, progress))
