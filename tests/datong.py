"""A case in a database of the test run: played once through the public operations, then copied."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.test import override_settings

from fugong.core import sealed
from fugong.scenarios.loading import load
from fugong.scenarios.opening import open_scenario
from tests import server

# As a site hashes them: a real server that is started on a copy must be able to check the password.
HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@dataclass(frozen=True, slots=True)
class Datong:
    """The Datong case, or another one.

    `template` is the database to copy (`server.copy_of`), `home` the FUGONG_HOME with its keys and files.

    `password` opens every account that can sign in. Nobody writes into either: take copies.
    """

    template: str
    home: Path
    password: str


def played(migrated: str, name: str = "datong", *, part: int = 1) -> Datong:
    """Loads a case into a copy of `migrated` unless another worker has: the first one does it for all."""
    shared = server.home()
    case = Datong(f"fugong_{name}", shared / name, "spring-wheat-47")
    marker = shared / f"{name}-is-played"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not marker.exists():
            server.copy_of(migrated, case.template)
            with inside(case.template, case.home), override_settings(PASSWORD_HASHERS=HASHERS):
                story = open_scenario(name, part=part)
                load(story, password=case.password, progress=lambda done, total: None)
            marker.touch()
    return case


@contextmanager
def inside(database: str, home: Path) -> Iterator[None]:
    """The connections lead to this database, the keys and files are those of this home."""
    before = connections["default"].settings_dict["NAME"]
    server.point_at(database)
    sealed.forget_opened_keys()
    try:
        with override_settings(FUGONG_HOME=home):
            yield
    finally:
        server.point_at(before)
        sealed.forget_opened_keys()
