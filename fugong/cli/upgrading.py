"""The second half of `fugong upgrade`, once the database runs and Django is ready."""

from __future__ import annotations

import psycopg
from django.db import connections

from fugong.cli import database
from fugong.core import clock
from fugong.hosting import backup, record, schema, snapshot, upgrade
from fugong.hosting.archive import Progress
from fugong.hosting.backup import Deployment
from fugong.hosting.certificates import wall_clock
from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Contents


def tell() -> int:
    pending = schema.require_known().pending
    print(
        f"{len(pending)} changes are to be made: {', '.join(pending)}."
        if pending
        else "Nothing is to be done."
    )
    return 1 if pending else 0


def run(deployment: Deployment, progress: Progress) -> int:
    found = schema.require_known()
    if not found.pending:
        print("Nothing is to be done: the tables are those of this version.")
        return 0
    if not found.applied:
        schema.migrate()
        print("The tables are made.")
        return 0
    upgrade.require_nobody_else(deployment.superuser)
    record.chain_what_waits(now=clock.now())
    file = backup.target_for(upgrade.folder_for_backups(deployment.home), now=wall_clock())
    kept = backup.make(file, deployment=deployment, now=wall_clock(), progress=progress, prove=record.prove)
    print(f"Backup: {file}")
    with upgrade.with_way_back(file, deployment, say=database.say):
        try:
            schema.migrate()
            _verify(kept.contents, deployment)
        finally:
            connections.close_all()
    print(
        f"{len(found.pending)} changes are made and verified. Remove the backup when you no longer need it."
    )
    return 0


def _verify(before: Contents, deployment: Deployment) -> None:
    broken = record.find_broken_chains(before.heads)
    with psycopg.connect(deployment.superuser.conninfo()) as connection:
        now = snapshot.tables(connection)
    opened = [
        name
        for name, table in before.tables.items()
        if table.guarded and name in now and not now[name].guarded
    ]
    broken += [f"The table {name} lost its row-level security." for name in opened]
    if schema.state().pending:
        broken.append("Some changes were not made.")
    if broken:
        raise HostingFault(" ".join(broken))
