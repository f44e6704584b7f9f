"""Files on disk that no row speaks of: left when a process died, or a transaction failed, between the two."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from fugong.core.files.models import StoredFile
from fugong.core.files.places import folder_of, path_of, sync_folder
from fugong.core.tenancy import acting_for

_GRACE = timedelta(hours=1)


def remove_strays(authority_id: UUID, *, wall_clock: datetime) -> int:
    """Removes strays older than an hour; returns how many. A younger one may be an upload under way.

    `wall_clock` is the machine's real time, which the files' own times are in.
    """
    old = wall_clock.timestamp() - _GRACE.total_seconds()
    folder = folder_of(authority_id)
    return sum(_removed(folder / name, old=old) for name in find_strays(authority_id, wall_clock=wall_clock))


def find_strays(authority_id: UUID, *, wall_clock: datetime) -> set[str]:
    """The names of those older than an hour."""
    folder = folder_of(authority_id)
    if not folder.is_dir():
        return set()
    old = wall_clock.timestamp() - _GRACE.total_seconds()
    names = {path.name for path in folder.iterdir() if path.stat().st_mtime < old}
    return names - _spoken_of(authority_id, names)


def remove_contents(authority_id: UUID, hashes: Collection[str]) -> int:
    """Of files whose rows were destroyed, at once; what another row speaks of stays. Safe to repeat."""
    gone = set(hashes) - _spoken_of(authority_id, hashes)
    paths = [path_of(authority_id, each) for each in gone]
    there = [path for path in paths if path.exists()]
    for path in there:
        path.unlink(missing_ok=True)
    if there:
        sync_folder(folder_of(authority_id))
    return len(there)


def _spoken_of(authority_id: UUID, hashes: Collection[str]) -> set[str]:
    with acting_for(authority_id):
        known = StoredFile.objects.filter(authority_id=authority_id, sha256__in=hashes)
        return set(known.values_list("sha256", flat=True))


def _removed(path: Path, *, old: float) -> bool:
    """Set aside before it goes: had the same content come in again since we looked, that would go with it."""
    aside = path.with_name(f".stray-{path.name.removeprefix('.stray-')}")
    with suppress(FileNotFoundError):
        path.replace(aside)
        if aside.stat().st_mtime < old:
            aside.unlink()
            return True
        aside.replace(path)
    return False
