"""Whether the tables are those of this version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from fugong.core.postgres.pace import Say
from fugong.hosting.faults import HostingFault

ALIAS = "owner"


@dataclass(frozen=True, slots=True)
class State:
    """`known` are this version's changes and those they replace, `pending` those still to be made."""

    applied: tuple[str, ...]
    known: frozenset[str]
    pending: tuple[str, ...]


def state() -> State:
    require_whole()
    executor = MigrationExecutor(connections[ALIAS])
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    replaced = [name for migration in loader.replacements.values() for name in migration.replaces]
    known = [*loader.disk_migrations, *replaced]
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
    _refuse_a_part(applied)
    found = state()
    unknown = sorted(set(applied or found.applied) - found.known)
    if unknown:
        raise HostingFault(f"This belongs to a newer Fugong (it knows {unknown[-1]}). Install that version.")
    return found


def require_whole() -> None:
    """Raises HostingFault where some of the changes that are one by now are made, and others not."""
    recorded = MigrationRecorder(connections[ALIAS]).applied_migrations()
    _refuse_a_part([f"{app}.{name}" for app, name in recorded])


def _refuse_a_part(applied: Collection[str]) -> None:
    """Django would take such a change out of its plan without a word, and call the tables current.

    What was made by early builds, one change after the other, never looks like the first of ours and not the
    second: that first one replaces all of theirs but their first.
    """
    replacing = sorted(MigrationLoader(None).replacements.items())
    for context, changes in groupby(replacing, key=lambda change: change[0][0]):
        steps = [{f"{app}.{name}" for app, name in migration.replaces} for _, migration in changes]
        wholes = list(accumulate(steps, set.union, initial=set[str]()))
        if wholes[-1].intersection(applied) not in wholes:
            raise HostingFault(
                f"This belongs to an early build: of the changes of `{context}` that are one by now, it has "
                "only a part. First run `fugong upgrade` of the last build that has them singly; "
                "docs/adr/0021-tables-made-at-once.md says which one that is."
            )


def migrate() -> None:
    require_whole()
    call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
