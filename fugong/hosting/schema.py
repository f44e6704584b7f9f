"""Whether the tables are those of this version."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from fugong.core.postgres.pace import Say
from fugong.hosting.faults import HostingFault

ALIAS = "owner"


@dataclass(frozen=True, slots=True)
class State:
    """`pending` are this version's changes still to be made, `unknown` those of a newer one already made."""

    applied: int
    pending: tuple[str, ...]
    unknown: tuple[str, ...]


def state() -> State:
    executor = MigrationExecutor(connections[ALIAS])
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    applied = loader.applied_migrations or {}
    unknown = [key for key in applied if key not in loader.disk_migrations and key not in loader.replacements]
    return State(
        applied=len(applied),
        pending=tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan),
        unknown=tuple(f"{app}.{name}" for app, name in sorted(unknown)),
    )


def require_current(*, say: Say) -> None:
    """Makes the tables of an empty database; raises HostingFault for those of another version."""
    found = require_known()
    if found.applied and found.pending:
        raise HostingFault(
            f"This database belongs to an earlier version: {len(found.pending)} changes are to be made. "
            "Run `fugong upgrade`, which makes a backup first."
        )
    if found.pending:
        say("Making the tables.")
        migrate()


def require_known() -> State:
    """Raises HostingFault for a database of a newer version: this one would not understand its rows."""
    found = state()
    if found.unknown:
        raise HostingFault(
            f"This database belongs to a newer Fugong (it knows {found.unknown[-1]}). Install that version."
        )
    return found


def migrate() -> None:
    call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
