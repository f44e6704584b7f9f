"""What `fugong restore` asks once Django is ready: before the database comes back, and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fugong.cli import database
from fugong.hosting import record, schema
from fugong.hosting.archive import Archive
from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Manifest


def check(archive: Archive) -> None:
    """Before anything is read in. Raises HostingFault for a backup that must not come back here."""
    if record.is_disproved(archive.manifest_text.decode(), archive.seal):
        raise HostingFault("This backup was altered: its list of contents lacks this installation's seal.")
    if not archive.seal:
        database.say("This backup has no seal: whether somebody altered it cannot be told from its list.")
    schema.require_known(archive.manifest.contents.migrations)


def examine(manifest: Manifest) -> int:
    """Says what came back; 1 when something in it is broken."""
    rows = sum(table.rows for table in manifest.contents.tables.values())
    print(
        f"Restored: {rows} rows and {len(manifest.parts) - 1} files of {manifest.made_at:%Y-%m-%d %H:%M} UTC."
    )
    if schema.state().pending:
        print("Bringing the tables to this version.")
        schema.migrate()
    return max(_tell_chains(manifest.contents.heads), _tell_damaged(manifest.damaged), _tell_keys())


def _tell_chains(heads: Mapping[str, str]) -> int:
    broken = record.find_broken_chains(heads)
    for sentence in broken:
        database.say(sentence)
    if not broken:
        print("The audit chain is intact up to the end it had.")
    return 1 if broken else 0


def _tell_damaged(damaged: Sequence[str]) -> int:
    for stored in damaged:
        database.say(f"Missing since before the backup: files/{stored}")
    return 1 if damaged else 0


def _tell_keys() -> int:
    told = record.missing_keys()
    if told:
        database.say(told)
    return 1 if told else 0
