"""Files on disk that no row speaks of: left when a process died, or a transaction failed, between the two."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from fugong.core.files.models import StoredFile
from fugong.core.files.places import folder_of
from fugong.core.tenancy import acting_for

_GRACE = timedelta(hours=1)


def remove_strays(authority_id: UUID, *, wall_clock: datetime) -> int:
    """Removes strays older than an hour; returns how many. A younger one may be an upload under way.

    `wall_clock` is the machine's real time, which the files' own times are in.
    """
    folder = folder_of(authority_id)
    if not folder.is_dir():
        return 0
    old = wall_clock.timestamp() - _GRACE.total_seconds()
    names = {path.name for path in folder.iterdir() if path.stat().st_mtime < old}
    with acting_for(authority_id):
        known = StoredFile.objects.filter(authority_id=authority_id, sha256__in=names)
        strays = names - set(known.values_list("sha256", flat=True))
    return sum(_removed(folder / name, old=old) for name in strays)


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
