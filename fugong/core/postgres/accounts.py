"""Which operating-system account the server runs under; PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fugong.core.postgres.faults import DatabaseFault

SETTING: Final = "FUGONG_POSTGRES_USER"
PREFERRED: Final = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def demoted(self) -> bool:
        """True when the server must run under an account other than the caller's."""
        return self.uid != os.geteuid()

    def as_child(self) -> dict[str, Any]:
        """Arguments for `subprocess` that run the child as this account."""
        options: dict[str, Any] = {"cwd": "/", "umask": 0o077}
        if self.demoted:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options


def server_account(data: Path, *, environ: Mapping[str, str] = os.environ) -> Account:
    """The caller, or an unprivileged account when the caller is root.

    Root keeps the account that owns an existing data directory, so that a backup run by root
    does not lock out the user whose database it is.
    """
    if os.geteuid() != 0:
        return by_uid(os.geteuid())
    named = environ.get(SETTING)
    if named:
        return _named(named)
    owner = _owner_of(data)
    if owner:
        return by_uid(owner)
    return _first_preferred()


def can_enter(account: Account, directory: Path) -> bool:
    """Whether `account` may reach the directory, or its nearest parent that exists."""
    nearest = directory
    while not os.path.lexists(nearest):
        nearest = nearest.parent
    if not account.demoted:
        return os.access(nearest, os.X_OK)
    # Asked of the kernel as that account: modes alone miss access lists and network mounts.
    asked = subprocess.run(["/usr/bin/test", "-x", nearest], check=False, **account.as_child())  # noqa: S603
    return asked.returncode == 0


def by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseFault(
            f"User number {uid} has no name on this machine, and PostgreSQL needs one. "
            "Give it an entry in /etc/passwd, or run as a named user."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _named(name: str) -> Account:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise DatabaseFault(f"{SETTING} names {name!r}, a user this machine lacks.") from None
    if entry.pw_uid == 0:
        raise DatabaseFault(f"{SETTING} must not be root: PostgreSQL refuses to run as root.")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _owner_of(data: Path) -> int:
    try:
        return data.stat().st_uid
    except FileNotFoundError:
        return 0


def _first_preferred() -> Account:
    for name in PREFERRED:
        try:
            return _named(name)
        except DatabaseFault:
            continue
    raise DatabaseFault(
        "PostgreSQL refuses to run as root, and this machine has neither a user named "
        f"postgres nor nobody. Name an ordinary user in {SETTING}."
    )
