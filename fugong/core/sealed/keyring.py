"""Master keys: files kept apart from the data, so that a copy of the database alone opens nothing."""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from fugong.core.ids import new_id
from fugong.core.sealed.ciphers import KEY_BYTES, new_secret
from fugong.core.sealed.faults import KeyLost, KeyRingFault
from fugong.core.secrets import keys_folder

_FILE = re.compile(r"master-(\d{4})\.key")
_OPEN_TO_OTHERS = 0o077


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """All master keys of this machine by fingerprint; the newest one wraps new data keys.

    Of those retired, the sub-keys by fingerprint and purpose: they check, and open nothing.
    """

    folder: Path
    keys: Mapping[str, bytes]
    current: str
    retired: Mapping[tuple[str, str], bytes] = field(default_factory=dict)

    def master(self, fingerprint: str) -> bytes:
        """Raises KeyLost with what to do about it."""
        try:
            return self.keys[fingerprint]
        except KeyError:
            raise KeyLost(
                f"The master key {fingerprint} is not in {self.folder}. Put its file back (the keys are "
                "saved apart from the data); without it the values it protects cannot be read."
            ) from None

    def mac(self, purpose: str, message: bytes, *, fingerprint: str) -> bytes:
        """A keyed check that the database's owner cannot forge; one sub-key per purpose."""
        return hmac.digest(self._subkey(fingerprint, purpose), message, sha256)

    def _subkey(self, fingerprint: str, purpose: str) -> bytes:
        if fingerprint not in self.keys and (fingerprint, purpose) in self.retired:
            return self.retired[fingerprint, purpose]
        return subkey_of(self.master(fingerprint), purpose)


def subkey_of(master: bytes, purpose: str) -> bytes:
    return hmac.digest(master, b"fugong mac 1\0" + purpose.encode(), sha256)


def key_ring() -> KeyRing:
    """The ring of this installation. Its first key is made on first use."""
    folder = keys_folder(settings.FUGONG_HOME)
    if not _files(folder):
        # Two first starts at once agree on number one: whoever links it first.
        with suppress(FileExistsError):
            _make(folder, 1)
    return _load(folder, folder.stat().st_mtime_ns)


def add_master_key(folder: Path) -> Path:
    """Adds a newer master key and returns its file. Old ones stay: they still open what they wrapped."""
    number = max((int(path.name[7:11]) for path in _files(folder)), default=0) + 1
    return _make(folder, number)


def retire_master_key(folder: Path, fingerprint: str, *, purposes: Sequence[str]) -> None:
    """Removes a master key; of it stay the sub-keys of the purposes. Nothing it wrapped opens again here.

    Refuses the newest. The sub-keys are on the disk before the key goes; safe to repeat.
    """
    ring = _load(folder, folder.stat().st_mtime_ns)
    if fingerprint == ring.current:
        raise KeyRingFault("The newest master key cannot be retired; add another first.")
    for path in _files(folder):
        if fingerprint_of(secret := _read(path)) != fingerprint:
            continue
        lines = [f"{purpose}:{base64.b64encode(subkey_of(secret, purpose)).decode()}" for purpose in purposes]
        kept = folder / f"retired-{fingerprint}.key"
        if not kept.exists():
            _write(kept, ("\n".join(lines) + "\n").encode())
        path.unlink()


def _retired(folder: Path) -> dict[tuple[str, str], bytes]:
    found = {}
    for path in sorted(folder.glob("retired-*.key")):
        for line in path.read_text(encoding="ascii").splitlines():
            purpose, _, subkey = line.rpartition(":")
            found[path.stem.removeprefix("retired-"), purpose] = base64.b64decode(subkey)
    return found


def _make(folder: Path, number: int) -> Path:
    """Raises FileExistsError rather than ever replace a key."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"master-{number:04}.key"
    fresh = folder / f".{new_id()}.new"
    _write(fresh, base64.b64encode(new_secret()) + b"\n")
    try:
        # A link, which never overwrites, to a file that is whole already.
        os.link(fresh, path)
    finally:
        fresh.unlink()
    return path


def fingerprint_of(secret: bytes) -> str:
    return sha256(b"fugong master\0" + secret).hexdigest()[:16]


@lru_cache(maxsize=4)
def _load(folder: Path, changed: int) -> KeyRing:
    """`changed` is the folder's time stamp: a key put back is found without a restart."""
    keys = {fingerprint_of(secret): secret for secret in map(_read, _files(folder))}
    return KeyRing(folder=folder, keys=keys, current=list(keys)[-1], retired=_retired(folder))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name)) if folder.is_dir() else []


def _read(path: Path) -> bytes:
    if path.stat().st_mode & _OPEN_TO_OTHERS:
        raise KeyRingFault(f"{path} can be read by other users of this machine: run chmod 600 on it.")
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise KeyRingFault(f"{path} holds no master key; it is damaged or another kind of file.")
    return secret


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
