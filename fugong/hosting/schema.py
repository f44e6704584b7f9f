"""Whether the tables are those of this version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from fugong.core.postgres.pace import Say
from fugong.hosting.faults import HostingFault

ALIAS = "owner"


@dataclass(frozen=True, slots=True)
class State:
    """`known` are this version's changes, `pending` those of them still to be made."""

    applied: tuple[str, ...]
    known: frozenset[str]
    pending: tuple[str, ...]


def state() -> State:
    executor = MigrationExecutor(connections[ALIAS])
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    known = [*loader.disk_migrations, *loader.replacements]
    return State(
        applied=tuple(sorted(f"{app}.{name}" for app, name in loader.applied_migrations or {})),
        known=frozenset(f"{app}.{name}" for app, name in known),
        pending=tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan),
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


def require_known(applied: Sequence[str] = ()) -> State:
    """Raises HostingFault for rows of a newer version: this one would not understand them.

    Those of the database, or of a backup in which these changes were `applied`.
    """
    found = state()
    unknown = sorted(set(applied or found.applied) - found.known)
    if unknown:
        raise HostingFault(f"This belongs to a newer Fugong (it knows {unknown[-1]}). Install that version.")
    return found


def migrate() -> None:
    call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
