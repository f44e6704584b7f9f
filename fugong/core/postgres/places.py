"""Where a cluster's data, log and socket live for a given FUGONG_HOME."""

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fugong.core.postgres.accounts import Account, can_enter, server_account
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.pace import Say

PORT: Final = 5432  # names the socket file only: nothing listens on TCP
SOCKET_PATH_LIMIT: Final = 107  # bytes: sun_path holds 108 with the closing zero
ELSEWHERE: Final = Path("/var/lib/fugong")
POINTER: Final = "location"


@dataclass(frozen=True, slots=True)
class Place:
    """`base` is inside FUGONG_HOME; `root` is the same, unless the data had to go elsewhere.

    `root` belongs to the caller, and the server's account may only pass through it; `data`,
    `log` and `socket_dir` belong to that account, mode 0700.
    """

    base: Path
    root: Path
    socket_dir: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def moved(self) -> bool:
        return self.root != self.base


def locate(home: Path, *, environ: Mapping[str, str] = os.environ) -> Place:
    """Decide without touching anything; the same answer before and after the first start."""
    base = home.resolve() / "postgres"
    try:
        root = _pointed_at(base) or base
        account = server_account(root / "data", environ=environ)
        if root == base and not can_enter(account, base):
            root = _elsewhere(base, account)
            account = server_account(root / "data", environ=environ)
    except PermissionError as error:
        raise _forbidden(error) from error
    return Place(base=base, root=root, socket_dir=_socket_dir(root, account), account=account)


def create(place: Place, *, say: Say) -> None:
    """Make the directories the caller owns. Those that exist keep their modes."""
    try:
        _make_home(place.base.parent, place.account)
        make_passable(place.base)
        if place.moved:
            _point_elsewhere(place, say)
    except OSError as error:
        raise _forbidden(error) from error
    if not os.access(place.root, os.W_OK | os.X_OK):
        raise DatabaseFault(
            f"{place.root} belongs to another user. Run Fugong as that user or as root, "
            "or set FUGONG_HOME to a directory of your own."
        )


def own_directory(directory: Path, account: Account) -> None:
    """Make a 0700 directory of the account's; one that is somebody else's is refused.

    The check matters in a directory all may write to: whoever got there first could otherwise
    put a socket of his own in the server's place.
    """
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    if account.demoted and not directory.is_symlink():
        hand_over(directory, account)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise DatabaseFault(
            f"{directory} must be a directory of the user {account.name} with mode 0700, "
            "and it is not. Find out who made it, then remove it."
        )


def hand_over(directory: Path, account: Account) -> None:
    """Give the directory and all in it to the account, where it is not the account's already."""
    if directory.stat().st_uid == account.uid:
        return
    for folder, folders, files in os.walk(directory):
        for name in (*folders, *files):
            os.chown(Path(folder, name), account.uid, account.gid, follow_symlinks=False)
    os.chown(directory, account.uid, account.gid)


def make_passable(directory: Path) -> None:
    """Make a directory that other accounts may pass through but not list."""
    try:
        directory.mkdir()
    except FileExistsError:
        return
    directory.chmod(0o711)


def _make_home(home: Path, account: Account) -> None:
    """Private, but passable where the server's account has to come through, whatever the umask."""
    missing = [directory for directory in (home, *home.parents) if not directory.exists()]
    for directory in reversed(missing):
        directory.mkdir(exist_ok=True)
        directory.chmod(0o711 if account.demoted else 0o700)


def _pointed_at(base: Path) -> Path | None:
    pointer = base / POINTER
    try:
        root = Path(pointer.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
    if not root.is_dir():
        raise DatabaseFault(
            f"{pointer} says that the database is in {root}, which is not there. Bring it back, "
            f"or remove {pointer} to start with an empty database."
        )
    return root


def _elsewhere(base: Path, account: Account) -> Path:
    """Never for a database that is already in `base`: a new and empty one would take its place."""
    root = ELSEWHERE / f"{base.parent.name}-{_digest(base)}"
    if account.demoted and not (base / "data").exists() and can_enter(account, root):
        return root
    raise DatabaseFault(
        f"The user {account.name}, who runs PostgreSQL, cannot enter {base}. Let that user pass "
        "through the directories above it, or set FUGONG_HOME to a directory the user can enter."
    )


def _socket_dir(root: Path, account: Account) -> Path:
    inside = root / "run"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
        return inside
    # Not XDG_RUNTIME_DIR: it differs between a login and a service, and goes at log-out.
    parent = Path("/run") if account.demoted else Path("/tmp")  # noqa: S108 own_directory() checks it
    return parent / f"fugong-{account.uid}-{_digest(root)}"


def _point_elsewhere(place: Place, say: Say) -> None:
    make_passable(place.root.parent)
    make_passable(place.root)
    pointer = place.base / POINTER
    if not pointer.exists():
        pointer.write_text(f"{place.root}\n", encoding="utf-8")
        say(
            f"PostgreSQL runs as the user {place.account.name}, who cannot enter {place.base}: "
            f"the database is kept in {place.root}."
        )


def _forbidden(error: OSError) -> DatabaseFault:
    return DatabaseFault(
        f"{error.filename} cannot be used: {error.strerror}. Run Fugong as the user who owns "
        "FUGONG_HOME, or set FUGONG_HOME to a directory of your own."
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
