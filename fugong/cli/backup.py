"""`fugong backup`: the database and the files as they are now, in one file. The keys are kept apart."""

from __future__ import annotations

import argparse
from pathlib import Path

from fugong.cli import database
from fugong.cli.progress import telling
from fugong.core import clock
from fugong.core.postgres.binaries import find_binaries
from fugong.hosting import record
from fugong.hosting.backup import Deployment, make, target_for
from fugong.hosting.certificates import wall_clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", type=Path, metavar="FILE|FOLDER", help="in a folder it is named by the time"
    )


def run(arguments: argparse.Namespace) -> int:
    target = target_for(arguments.target, now=wall_clock())
    deployment = Deployment(database.home(), database.superuser(), find_binaries())
    record.chain_what_waits(now=clock.now())
    with telling() as progress:
        manifest = make(
            target, deployment=deployment, now=wall_clock(), progress=progress, prove=record.prove
        )
    rows = sum(table.rows for table in manifest.contents.tables.values())
    files = len(manifest.parts) - 1
    print(f"{target}: {rows} rows and {files} files, {target.stat().st_size >> 10} kB.")
    print("The keys are not in it. Keep them apart: fugong keys backup FILE")
    for stored in manifest.damaged:
        database.say(f"Missing or altered on disk, so not in the backup: files/{stored}")
    return 1 if manifest.damaged else 0
