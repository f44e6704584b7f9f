"""The data directory: made once, checked at every start."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from fugong.core.postgres.accounts import Account
from fugong.core.postgres.binaries import SETTING, Binaries
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.pace import Say
from fugong.core.postgres.places import Place, hand_over, own_directory
from fugong.core.postgres.roles import SUPERUSER

CTYPE: Final = "C.UTF-8"
ROOM_NEEDED: Final = 256 * 1024 * 1024  # bytes: an empty cluster with its first WAL, and some air


def ensure_data(place: Place, binaries: Binaries, *, say: Say) -> None:
    """Create the cluster on first use; refuse one of another major version."""
    found = major_of(place.data)
    if found is None:
        _create(place, binaries, say)
    elif found != binaries.major:
        raise DatabaseFault(
            f"The database in {place.data} was made by PostgreSQL {found}, but the programs in "
            f"{binaries.bindir} are PostgreSQL {binaries.major}. Set {SETTING} to the directory of "
            f"programs of version {found}, or move the data over with `fugong upgrade`."
        )
    _check_owner(place.data, place.account)


def major_of(data: Path) -> int | None:
    """The major version that made the directory; None when there is no database in it."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (PermissionError, ValueError) as error:
        raise DatabaseFault(f"{data}/PG_VERSION cannot be read: {error}") from error


def locale_options(major: int) -> list[str]:
    """Locale of the cluster, never inherited from LANG.

    pg_trgm reads the libc character type even under the builtin provider: with --locale=C it
    splits Chinese into nothing and a search silently finds nothing. So all three are given.
    """
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={CTYPE}"]
    return [f"--locale={CTYPE}"]


def clean_environment() -> dict[str, str]:
    """None of the caller's LANG, LC_* and PG* settings reach the server."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": CTYPE}


def _create(place: Place, binaries: Binaries, say: Say) -> None:
    """Into a directory beside the final one, so that a broken attempt is never taken for data."""
    if place.data.exists() and any(place.data.iterdir()):
        raise DatabaseFault(f"{place.data} holds files but no PostgreSQL database. Move them away first.")
    free = shutil.disk_usage(place.root).free
    if free < ROOM_NEEDED:
        raise DatabaseFault(
            f"{place.root} has {free >> 20} MB free; a new database needs {ROOM_NEEDED >> 20} MB."
        )
    say(f"Creating the database in {place.data} (PostgreSQL {binaries.major}).")
    fresh = place.root / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    own_directory(fresh, place.account)
    _initdb(fresh, place.account, binaries)
    fresh.replace(place.data)


def _initdb(fresh: Path, account: Account, binaries: Binaries) -> None:
    command = [
        binaries.program("initdb"),
        f"--pgdata={fresh}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        *locale_options(binaries.major),
        "--data-checksums",
        "--auth=reject",  # the rules in force are those of access.py, outside the data directory
        "--no-instructions",
    ]
    done = subprocess.run(  # noqa: S603 every word of the command is ours
        command, capture_output=True, text=True, check=False, env=clean_environment(), **account.as_child()
    )
    if done.returncode != 0:
        reason = (done.stderr or done.stdout).strip()
        raise DatabaseFault(f"The database could not be created in {fresh.parent}. initdb said: {reason}")


def _check_owner(data: Path, account: Account) -> None:
    """After a copy by root, or under another FUGONG_POSTGRES_USER, the files change hands."""
    if account.demoted:
        hand_over(data, account)
    elif data.stat().st_uid != account.uid:
        raise DatabaseFault(
            f"{data} belongs to another user. Run Fugong as that user or as root, or change its owner."
        )
