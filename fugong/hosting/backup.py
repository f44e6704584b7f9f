"""Making a backup: one moment of the database and the files that this moment speaks of. No keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path

from fugong.core.postgres.binaries import Binaries
from fugong.core.postgres.urls import ConnectionInfo
from fugong.hosting.archive import DUMP, MANIFEST, SEAL, Progress, Writer, writing
from fugong.hosting.dumping import dump
from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Contents, Manifest
from fugong.hosting.snapshot import contents, snapshot

AIR = 64 * 1024 * 1024  # bytes left free beside a backup


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is kept: the files under `home` and the database that `superuser` reaches."""

    home: Path
    superuser: ConnectionInfo
    programs: Binaries


def target_for(given: Path, *, now: datetime) -> Path:
    """The file to write; in a folder it is named by the time. Raises HostingFault where it cannot be."""
    target = (given / f"fugong-{now:%Y-%m-%d-%H%M%S}.tar" if given.is_dir() else given).absolute()
    if target.exists():
        raise HostingFault(f"{target} exists already; a backup never replaces another.")
    if not target.parent.is_dir():
        raise HostingFault(f"There is no folder {target.parent}.")
    return target


def make(
    target: Path,
    *,
    deployment: Deployment,
    now: datetime,
    progress: Progress,
    prove: Callable[[str], str] = lambda _: "",
) -> Manifest:
    """Writes the backup while people go on working, and returns its list of contents.

    `prove` makes the keyed check of that list. Stored files that are missing or altered are named in
    `damaged`; the rest is kept all the same. Raises HostingFault, and leaves nothing, when it cannot be made.
    """
    with writing(target) as writer, snapshot(deployment.superuser) as (connection, name):
        progress("Counting rows", 0, 1)
        found = contents(connection)
        _check_room(target, deployment, found)
        progress("Counting rows", 1, 1)
        progress("Writing the database down", 0, 1)
        _add_dump(writer, target, deployment, name)
        progress("Writing the database down", 1, 1)
        damaged = _add_files(writer, found, deployment.home, progress)
        manifest = Manifest(
            version=version("fugong"),
            made_at=now,
            tool=deployment.programs.major,
            contents=found,
            parts=writer.parts,
            damaged=damaged,
        )
        writer.add_text(MANIFEST, manifest.text())
        writer.add_text(SEAL, prove(manifest.text()))
    return manifest


def _add_dump(writer: Writer, target: Path, deployment: Deployment, name: str) -> None:
    file = target.with_name(f".{target.name}.dump")
    try:
        file.touch(mode=0o600)
        dump(deployment.superuser, file, snapshot=name, programs=deployment.programs)
        writer.add(DUMP, file)
    finally:
        file.unlink(missing_ok=True)


def _add_files(writer: Writer, found: Contents, home: Path, progress: Progress) -> tuple[str, ...]:
    """Only what the snapshot knows: an upload under way, or a stray, is not of this moment."""
    damaged = []
    for number, stored in enumerate(found.files, start=1):
        path = home / "files" / stored
        if _is_whole(path):
            writer.add(f"files/{stored}", path)
        else:
            damaged.append(stored)
        progress("Keeping the files", number, len(found.files))
    return tuple(damaged)


def _is_whole(path: Path) -> bool:
    """A stored file is named by its hash."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == path.name
    except OSError:
        return False


def _check_room(target: Path, deployment: Deployment, found: Contents) -> None:
    """Before, not after an hour. The dump is compressed, and small beside the files."""
    files = sum(_size(deployment.home / "files" / stored) for stored in found.files)
    free = shutil.disk_usage(target.parent).free
    if free < files + AIR:
        raise HostingFault(
            f"{target.parent} has {free >> 20} MB free; the files alone need {files + AIR >> 20} MB. "
            "Make room, or write the backup elsewhere."
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
