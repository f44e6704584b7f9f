"""Whether what one part tells another still arrives. Asks a database that runs; starts none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import psycopg

from fugong.core.postgres import connections, locks, places
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.doctor import Check
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.ownership import read_owner
from fugong.core.postgres.roles import APP
from fugong.core.postgres.urls import ConnectionInfo

# By the database's own time: the clock of a demonstration stands on another day.
COUNT: Final = """
    select count(*) filter (where dead_at is not null),
           count(*) filter (where dead_at is null and recorded_at < now() - interval '1 hour')
      from core_fact
     where delivered_at is null
"""


def checks(home: Path) -> list[Check]:
    """None where no database runs, or none with tables: what is wrong with it is said by others."""
    try:
        where = _running(home)
        return [_check(*_counted(where))] if where else []
    except (DatabaseFault, OSError, psycopg.Error):
        return []


def _running(home: Path) -> ConnectionInfo | None:
    if connections.is_external(os.environ):
        return connections.connections_for(home, owner=False)["default"]
    place = places.locate(home)
    owner = read_owner(place.root) if locks.is_served(place.root) else None
    return Cluster(home).connection(APP) if owner is not None and owner.may_live else None


def _counted(where: ConnectionInfo) -> tuple[int, int]:
    """Authority by authority: row-level security shows no more at a time."""
    dead = waiting = 0
    with psycopg.connect(where.conninfo(), connect_timeout=5) as connection:
        for (authority,) in connection.execute("select id from areas_authority").fetchall():
            connection.execute("select set_config('fugong.authority', %s, false)", [str(authority)])
            row = connection.execute(COUNT).fetchone()
            assert row is not None
            dead, waiting = dead + row[0], waiting + row[1]
    return dead, waiting


def _check(dead: int, waiting: int) -> Check:
    if dead:
        sentence = f"Internal notices that could not be delivered and were given up: {dead}."
        remedy = "`fugong facts list` says why; when that is mended, `fugong facts revive` sends them again."
        return Check("notices", False, sentence, remedy)
    if waiting:
        sentence = f"Internal notices that have waited for more than an hour: {waiting}."
        remedy = "Is a worker running? `fugong serve` starts one; its messages say what fails."
        return Check("notices", False, sentence, remedy)
    return Check("notices", True, "All internal notices are delivered.")
