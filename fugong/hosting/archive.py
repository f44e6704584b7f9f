"""The file of a backup: a plain tar of the dump, the stored files, and last the list of contents.

Plain, so that in an emergency `tar` and `pg_restore` are enough to get at everything.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, Self

from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Manifest, Part
from fugong.hosting.writing import finish

DUMP: Final = "database.dump"
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.mac"
# Nothing else is ever unpacked, whatever a file that is given to us says.
STORED: Final = re.compile(r"files/([0-9a-f-]{36})/([0-9a-f]{64})")
PIECE: Final = 1024 * 1024
Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""


class Writer:
    """Adds part by part and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, Part] = {}

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            digest = _hash(file)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = path.stat().st_size, 0o600
        with path.open("rb") as file:
            self._tar.addfile(entry, file)
        self.parts[name] = Part(entry.size, digest)

    def add_text(self, name: str, text: str) -> None:
        content = text.encode()
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o600
        self._tar.addfile(entry, io.BytesIO(content))


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """The archive gets its name when all is well; otherwise nothing of it stays."""
    fresh = target.with_name(f".{target.name}.partial")
    fresh.unlink(missing_ok=True)
    try:
        fresh.touch(mode=0o600)
        with tarfile.open(fresh, "w", format=tarfile.PAX_FORMAT) as tar:
            yield Writer(tar)
        if target.exists():
            raise HostingFault(f"{target} exists already; a backup never replaces another.")
        finish(fresh, target)
    except OSError as error:
        raise HostingFault(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        fresh.unlink(missing_ok=True)


class Archive:
    """A backup opened for reading. Nothing in it is believed before `check`."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._members = {entry.name: entry for entry in tar}
        self._tar = tar
        self.manifest_text = self._text(MANIFEST)
        self.manifest = Manifest.parse(self.manifest_text)
        self.seal = self._text(SEAL).decode() if SEAL in self._members else ""

    @classmethod
    @contextmanager
    def opened(cls, file: Path) -> Iterator[Self]:
        try:
            with tarfile.open(file, "r:") as tar:
                yield cls(tar)
        except tarfile.TarError as error:
            raise HostingFault(f"{file} is no backup of Fugong, or it is damaged: {error}.") from None
        except OSError as error:
            raise HostingFault(f"{file} cannot be read: {error.strerror}.") from None

    def check(self, progress: Progress) -> None:
        """Recomputes every hash. Raises HostingFault naming the first part that is not as it was."""
        parts = self.manifest.parts
        strange = sorted(set(self._members) - set(parts) - {MANIFEST, SEAL})
        if strange:
            raise HostingFault(f"The backup is damaged: {strange[0]} is not in its list of contents.")
        for number, (name, part) in enumerate(parts.items(), start=1):
            if name != DUMP and not STORED.fullmatch(name):
                raise HostingFault(f"The backup is damaged: it holds {name}, which belongs to no backup.")
            with self.open(name) as file:
                if _hash(file) != part.sha256:
                    raise HostingFault(f"The backup is damaged: {name} is not what was put in.")
            progress("Checking the backup", number, len(parts))

    def open(self, name: str) -> IO[bytes]:
        entry = self._members.get(name)
        file = self._tar.extractfile(entry) if entry is not None and entry.isreg() else None
        if file is None:
            raise HostingFault(f"The backup is damaged: {name} is missing.")
        return file

    def _text(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()


def _hash(file: IO[bytes]) -> str:
    digest = sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
