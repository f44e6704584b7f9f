"""Where a cluster's data, log and socket live for a given FUGONG_HOME."""

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fugong.core.postgres.accounts import Account, can_enter, server_account
from fugong.core.postgres.faults import DatabaseFault

Say = Callable[[str], None]

PORT: Final = 5432  # names the socket file only: nothing listens on TCP
# sun_path holds 108 bytes on Linux, 104 on macOS and BSD, with the closing zero byte.
SOCKET_PATH_LIMIT: Final = 103
ELSEWHERE: Final = Path("/var/lib/fugong")
POINTER: Final = "location"


@dataclass(frozen=True, slots=True)
class Place:
    """`base` is inside FUGONG_HOME; `root` is the same, unless the data had to go elsewhere.

    `root` belongs to the caller and lets the server's account pass through only; `data`, `log`
    and `socket_dir` belong to that account, mode 0700.
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
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def moved(self) -> bool:
        return self.root != self.base


def locate(home: Path, *, environ: Mapping[str, str] = os.environ) -> Place:
    """Decide without touching anything; the same answer before and after the first start."""
    base = home.absolute() / "postgres"
    root = _pointed_at(base) or base
    account = _account(root, environ)
    if root == base and not can_enter(account, base):
        root = _elsewhere(base, account)
        account = _account(root, environ)
    return Place(base=base, root=root, socket_dir=_socket_dir(root, account), account=account)


def create(place: Place, *, say: Say) -> None:
    """Make the directories, owned as `Place` says. Existing parents keep their modes."""
    try:
        _make_base(place, say)
        for directory in (place.log, place.socket_dir):
            own_directory(directory, place.account)
    except PermissionError as error:
        raise DatabaseFault(
            f"{error.filename} cannot be used by {place.account.name}: {error.strerror}. "
            "Run as the user who owns FUGONG_HOME, or set FUGONG_HOME to a directory of your own."
        ) from error


def own_directory(directory: Path, account: Account) -> None:
    """Make a 0700 directory of the account's; one that is somebody else's is refused.

    The check matters in a directory all may write to: whoever got there first could otherwise
    put a socket of his own in the server's place.
    """
    try:
        directory.mkdir(mode=0o700)
        os.chown(directory, account.uid, account.gid)
    except FileExistsError:
        pass
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise DatabaseFault(
            f"{directory} must be a directory of the user {account.name} with mode 0700, "
            "and it is not. Find out who made it, then remove it."
        )


def _pointed_at(base: Path) -> Path | None:
    pointer = base / POINTER
    try:
        root = Path(pointer.read_text(encoding="utf-8").strip())
    except (FileNotFoundError, PermissionError):
        return None
    if not root.is_dir():
        raise DatabaseFault(
            f"{pointer} says that the database is in {root}, which is not there. Bring it back, "
            f"or remove {pointer} to start with an empty database."
        )
    return root


def _account(root: Path, environ: Mapping[str, str]) -> Account:
    return server_account(root / "data", environ=environ)


def _elsewhere(base: Path, account: Account) -> Path:
    root = ELSEWHERE / f"{base.parent.name}-{_digest(base)}"
    if account.demoted and can_enter(account, root):
        return root
    raise DatabaseFault(
        f"The user {account.name} cannot enter {base.parent}. "
        "Set FUGONG_HOME to a directory which that user can enter."
    )


def _socket_dir(root: Path, account: Account) -> Path:
    inside = root / "run"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
        return inside
    # Not XDG_RUNTIME_DIR: it differs between a login and a service, and goes at log-out.
    parent = Path("/run") if account.demoted else Path("/tmp")  # noqa: S108 own_directory() checks it
    return parent / f"fugong-{account.uid}-{_digest(root)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _make_base(place: Place, say: Say) -> None:
    place.base.parent.mkdir(parents=True, exist_ok=True)
    _make_passable(place.base)
    if not place.moved:
        return
    _make_passable(ELSEWHERE)
    _make_passable(place.root)
    pointer = place.base / POINTER
    if not pointer.exists():
        pointer.write_text(f"{place.root}\n", encoding="utf-8")
        say(
            f"PostgreSQL runs as {place.account.name}, who cannot enter {place.base.parent}: "
            f"the database is kept in {place.root}."
        )


def _make_passable(directory: Path) -> None:
    try:
        directory.mkdir()
    except FileExistsError:
        return
    directory.chmod(0o711)
