"""The keys in one file, sealed with a passphrase. Without the passphrase the file is worth nothing."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fugong.hosting.faults import HostingFault
from fugong.hosting.writing import write_whole

MAGIC: Final = "fugong keys 1"
LEAST_PASSPHRASE: Final = 12  # characters
COST: Final = 2**17  # with r = 8: 128 MB and about half a second for each guess
MASTER: Final = re.compile(r"master-(\d{4})\.key")
NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,80}")
# The server's certificate is made anew at each start that lacks it.
NOT_KEPT: Final = ("https.crt", "https.key")


@dataclass(frozen=True, slots=True)
class Returned:
    """File names: `added`, `known` (there already, the same), and `aside` (what stood in the way)."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    aside: tuple[str, ...]


def collect(folder: Path) -> dict[str, bytes]:
    """All keys of the folder by file name. Raises HostingFault where there are none."""
    files = [path for path in sorted(folder.glob("*")) if path.is_file() and NAME.fullmatch(path.name)]
    keys = {path.name: path.read_bytes() for path in files if path.name not in NOT_KEPT}
    if not any(MASTER.fullmatch(name) for name in keys):
        raise HostingFault(f"There are no master keys in {folder}; they are made when Fugong first runs.")
    return keys


def write(target: Path, keys: Mapping[str, bytes], *, passphrase: str) -> None:
    if target.exists():
        raise HostingFault(f"{target} exists already; a copy of keys never replaces another.")
    if len(passphrase) < LEAST_PASSPHRASE:
        raise HostingFault(f"Give a passphrase of at least {LEAST_PASSPHRASE} characters.")
    if not target.absolute().parent.is_dir():
        raise HostingFault(f"There is no folder {target.absolute().parent}.")
    salt, nonce = os.urandom(16), os.urandom(12)
    plain = json.dumps({name: _text(content) for name, content in keys.items()}).encode()
    sealed = AESGCM(_derived(passphrase, salt)).encrypt(nonce, plain, MAGIC.encode())
    lines = [MAGIC, _text(salt), _text(nonce), _text(sealed)]
    write_whole(target.absolute(), "\n".join(lines).encode() + b"\n", mode=0o600)


def read(file: Path, *, passphrase: str) -> dict[str, bytes]:
    """Raises HostingFault for a wrong passphrase, or a file that is damaged: the two cannot be told apart."""
    try:
        magic, *rest = file.read_text(encoding="ascii").splitlines()
        salt, nonce, sealed = (base64.b64decode(line, validate=True) for line in rest)
        if magic != MAGIC:
            raise ValueError(magic)
    except (OSError, ValueError) as error:
        raise HostingFault(f"{file} cannot be read as a file of keys: {error}") from None
    try:
        plain = AESGCM(_derived(passphrase, salt)).decrypt(nonce, sealed, MAGIC.encode())
    except InvalidTag:
        raise HostingFault("The passphrase is not the one, or the file is damaged.") from None
    keys = {name: base64.b64decode(text) for name, text in json.loads(plain).items()}
    strange = [name for name in keys if not NAME.fullmatch(name)]
    if strange:
        raise HostingFault(f"{file} holds {strange[0]!r}, which is no key's name.")
    return keys


def bring_back(keys: Mapping[str, bytes], folder: Path, *, now: datetime) -> Returned:
    """Adds the keys to the folder and loses none that is there.

    A master key whose number is taken by another gets the next free number: values find it by its
    fingerprint. Any other file that differs is kept beside, its name marked with the time.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    masters = {path.read_bytes() for path in folder.glob("master-*.key")}
    added, known, aside = [], [], []
    for name, content in sorted(keys.items()):
        path = folder / name
        if content in masters or (path.exists() and path.read_bytes() == content):
            known.append(name)
            continue
        if path.exists() and MASTER.fullmatch(name):
            path = _next(folder)
        elif path.exists():
            aside.append(_move_aside(path, now))
        write_whole(path, content, mode=0o644 if name.endswith(".crt") else 0o600)
        added.append(path.name)
    return Returned(tuple(added), tuple(known), tuple(aside))


def _next(folder: Path) -> Path:
    numbers = [int(found[1]) for path in folder.iterdir() if (found := MASTER.fullmatch(path.name))]
    return folder / f"master-{max(numbers) + 1:04}.key"


def _move_aside(path: Path, now: datetime) -> str:
    return path.rename(path.with_name(f"{path.name}.before-{now:%Y%m%d%H%M%S}")).name


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
