"""What is missing on this machine for a database, in words."""

import ctypes
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from fugong.core.postgres import connections, locks, places
from fugong.core.postgres.binaries import SETTING as BIN_SETTING
from fugong.core.postgres.binaries import find_binaries
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.creation import CTYPE, major_of
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.ownership import read_owner
from fugong.core.postgres.places import Place
from fugong.core.postgres.roles import APP, SUPERUSER
from fugong.core.postgres.selftest import find_problems
from fugong.core.postgres.urls import ConnectionInfo

ROOM_WANTED: Final = 2 * 1024**3  # bytes: below it a district's year would not fit
LC_CTYPE_MASK: Final = 1  # glibc's


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `remedy` is empty when it is well."""

    name: str
    ok: bool
    sentence: str
    remedy: str = ""


def checks(home: Path, *, environ: Mapping[str, str] = os.environ) -> list[Check]:
    """The database side of `fugong doctor`. Starts nothing, writes nothing, never raises a fault."""
    if connections.is_external(environ):
        return [_guarded("server", lambda: _server(home, environ))]
    found = [
        _guarded("programs", lambda: _programs(environ)),
        _guarded("locale", _locale),
    ]
    try:
        place = places.locate(home, environ=environ)
    except DatabaseFault as fault:
        return [*found, _failed("place", fault)]
    return [
        *found,
        _guarded("data", lambda: _data(place, environ)),
        _guarded("disk", lambda: _disk(place)),
        _guarded("running", lambda: _running(home, place, environ)),
    ]


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except (DatabaseFault, OSError, psycopg.Error) as fault:
        return _failed(name, fault)


def _failed(name: str, fault: Exception) -> Check:
    """A fault's own text already holds the remedy."""
    sentence, _, remedy = str(fault).strip().partition(". ")
    return Check(name, ok=False, sentence=sentence.removesuffix(".") + ".", remedy=remedy)


def _programs(environ: Mapping[str, str]) -> Check:
    found = find_binaries(environ)
    return Check("programs", True, f"PostgreSQL {found.major} from {found.origin} in {found.bindir}.")


def _locale() -> Check:
    """PostgreSQL asks the C library for this locale when it makes a database."""
    library = ctypes.CDLL(None)
    library.newlocale.restype = ctypes.c_void_p
    if library.newlocale(LC_CTYPE_MASK, CTYPE.encode(), None):
        return Check("locale", True, f"The locale {CTYPE} is known.")
    sentence = f"The locale {CTYPE} is not known on this machine."
    return Check("locale", False, sentence, "Install your system's package of locales.")


def _data(place: Place, environ: Mapping[str, str]) -> Check:
    who = f"run as the user {place.account.name}"
    made_by = major_of(place.data)
    if made_by is None:
        return Check("data", True, f"No database yet; the first start makes one in {place.data}, {who}.")
    programs = find_binaries(environ).major
    if made_by == programs:
        return Check("data", True, f"A database of PostgreSQL {made_by} is in {place.data}, {who}.")
    sentence = f"The database in {place.data} is of PostgreSQL {made_by}, the programs are {programs}."
    remedy = f"Set {BIN_SETTING} to programs of version {made_by}, or run `fugong upgrade`."
    return Check("data", False, sentence, remedy)


def _disk(place: Place) -> Check:
    directory = place.root
    while not directory.exists():
        directory = directory.parent
    free = shutil.disk_usage(directory).free
    sentence = f"{free / 1024**3:.1f} GB are free where the database is ({directory})."
    if free >= ROOM_WANTED:
        return Check("disk", True, sentence)
    return Check("disk", False, sentence, f"Make room: at least {ROOM_WANTED >> 30} GB are wanted.")


def _running(home: Path, place: Place, environ: Mapping[str, str]) -> Check:
    if not locks.is_served(place.root):
        return Check("running", True, "The database is not running; a program that needs it starts it.")
    owner = read_owner(place.root)
    if owner is None or not owner.may_live:
        return Check("running", True, "The database is ending, because its program died.")
    problems = _problems_of(Cluster(home, environ=environ).connection(SUPERUSER), app=APP)
    if problems:
        return Check("running", False, problems[0], " ".join(problems[1:]))
    return Check("running", True, f"The database is run by {owner} and passes its self-test.")


def _server(home: Path, environ: Mapping[str, str]) -> Check:
    found = connections.connections_for(home, owner=True, environ=environ)
    problems = _problems_of(found["owner"], app=found["default"].user)
    with psycopg.connect(found["default"].conninfo(), connect_timeout=5) as connection:
        version = connection.info.server_version // 10_000
    where = f"{found['default'].host}, database {found['default'].name}"
    if problems:
        return Check("server", False, problems[0], " ".join(problems[1:]))
    return Check("server", True, f"PostgreSQL {version} answers at {where}, and passes its self-test.")


def _problems_of(info: ConnectionInfo, *, app: str) -> list[str]:
    with psycopg.connect(info.conninfo(), connect_timeout=5) as connection:
        return find_problems(connection, app=app)
