"""Bringing a backup back: into an empty place, checked on the way in, counted afterwards. No Django."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

import psycopg

from fugong.core.postgres import locks, places
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.ownership import read_owner
from fugong.core.postgres.urls import ConnectionInfo
from fugong.hosting import dumping, snapshot
from fugong.hosting.archive import DUMP, PIECE, STORED, Archive, Progress
from fugong.hosting.backup import Deployment
from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Contents, Table
from fugong.hosting.writing import finish

DATABASE: Final = "postgres"
FILES: Final = "files"
EVERYTHING: Final = (DATABASE, FILES)
MARK: Final = "--"


@contextmanager
def emptied(
    home: Path, *, replace: bool, now: datetime, what: Sequence[str] = EVERYTHING
) -> Iterator[Path | None]:
    """While inside, `home` has neither database nor files. Yields where the old ones are, if there were any.

    `what` names the folders that are emptied; keys stay. With `replace` they are moved aside; when what is
    done inside fails they are moved back, and what was made meanwhile is removed. Raises HostingFault where
    there are some and `replace` is not given, or where the database is running.
    """
    if DATABASE in what:
        _refuse_when_running(home)
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    aside = home / f"replaced-{stamp}" if _is_occupied(home, what) else None
    if aside and not replace:
        raise HostingFault(
            f"{home} holds a database or files already. Restore into an empty FUGONG_HOME, or add --replace: "
            "what is there is then moved aside, not deleted."
        )
    if aside:
        _move(home, aside, what, stamp=stamp)
    try:
        yield aside
    except BaseException:
        _clear(home, what)
        if aside:
            _move(aside, home, what)
            aside.rmdir()
        raise


def bring_back(archive: Archive, deployment: Deployment, progress: Progress) -> None:
    """Fills an empty database and an empty folder of files. Raises HostingFault when the result differs.

    The archive must have been checked. Roles must exist, as a start of the embedded server or
    `roles.prepare` makes them.
    """
    manifest = archive.manifest
    if manifest.tool > deployment.programs.major:
        raise HostingFault(
            f"This backup was written by PostgreSQL {manifest.tool}; the programs here are "
            f"{deployment.programs.major}. Set FUGONG_POSTGRES_BIN to programs of version {manifest.tool}."
        )
    progress("Reading the database in", 0, 1)
    load_database(archive, deployment)
    progress("Reading the database in", 1, 1)
    names = [name for name in manifest.parts if name != DUMP]
    for number, name in enumerate(names, start=1):
        with archive.open(name) as file:
            _store(file, name, deployment.home)
        progress("Bringing the files back", number, len(names))


def load_database(archive: Archive, deployment: Deployment) -> None:
    """The database alone, counted afterwards table by table."""
    file = deployment.home / ".database.dump"
    try:
        file.touch(mode=0o600)
        with archive.open(DUMP) as packed, file.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, PIECE)
        dumping.load(deployment.superuser, file, programs=deployment.programs)
    finally:
        file.unlink(missing_ok=True)
    with psycopg.connect(deployment.superuser.conninfo(), autocommit=True) as connection:
        connection.execute("analyze")
        found = snapshot.contents(connection)
    differences = compare(archive.manifest.contents, found)
    if differences:
        raise HostingFault(f"What came back is not what was kept. {' '.join(differences)}")


def require_empty(superuser: ConnectionInfo) -> None:
    """For a server of one's own, where nothing can be moved aside."""
    with psycopg.connect(superuser.conninfo()) as connection:
        if snapshot.tables(connection):
            raise HostingFault(
                f"The database {superuser.name} has tables already. Rename it on the server and make an "
                "empty one (docs/how-to/database.md)."
            )


def compare(kept: Contents, found: Contents) -> list[str]:
    """One sentence for each table that is not as it was: rows, owner, row-level security, rights."""
    differences = []
    for name in sorted({*kept.tables, *found.tables}):
        before, after = kept.tables.get(name), found.tables.get(name)
        if before != after:
            differences.append(f"{name} was {_told(before)}, and is {_told(after)}.")
    return differences


def _told(table: Table | None) -> str:
    if table is None:
        return "not there"
    guard = "guarded" if table.guarded else "open to all tenants"
    rights = table.granted.lower() or "nothing"
    return f"{table.rows} rows of {table.owner}, {guard}, the application may {rights}"


def _store(packed: IO[bytes], name: str, home: Path) -> None:
    found = STORED.fullmatch(name)
    if found is None:
        raise HostingFault(f"{name} belongs to no backup.")
    folder = home / "files" / found[1]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh, digest = folder / f".incoming-{found[2]}", sha256()
    fresh.touch(mode=0o600)
    with fresh.open("wb") as file:
        while piece := packed.read(PIECE):
            digest.update(piece)
            file.write(piece)
    if digest.hexdigest() != found[2]:
        raise HostingFault(f"The backup is damaged: {name} is not the file of that name.")
    finish(fresh, folder / found[2])


def _refuse_when_running(home: Path) -> None:
    root = places.locate(home).root
    if locks.is_served(root):
        who = read_owner(root) or "another program"
        raise HostingFault(f"The database in {home} is in use by {who}. Stop that first.")


def _is_occupied(home: Path, what: Sequence[str]) -> bool:
    files = home / "files"
    has_files = FILES in what and files.is_dir() and any(files.iterdir())
    return has_files or (DATABASE in what and places.locate(home).data.exists())


def _clear(home: Path, what: Sequence[str]) -> None:
    if DATABASE in what:
        Cluster(home).erase()
    if FILES in what:
        shutil.rmtree(home / "files", ignore_errors=True)


def _move(source: Path, target: Path, what: Sequence[str], *, stamp: str = "") -> None:
    """Database and files, by renames. A database that lies elsewhere is renamed there, with the stamp."""
    target.mkdir(mode=0o711, parents=True, exist_ok=True)
    for name in what:
        if (source / name).exists():
            (source / name).rename(target / name)
    pointer = target / "postgres" / places.POINTER
    if pointer.exists():
        root = Path(pointer.read_text(encoding="utf-8").strip())
        name = root.name.partition(MARK)[0] + (f"{MARK}{stamp}" if stamp else "")
        pointer.write_text(f"{root.rename(root.with_name(name))}\n", encoding="utf-8")
