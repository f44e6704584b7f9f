"""The two connections: `default` is the application's role, `owner` the one that migrates.

The application's role owns nothing and cannot bypass row-level security; see docs/how-to/database.md.
"""

from __future__ import annotations

from typing import Any

from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.urls import ConnectionInfo, parse_url
from fugong.settings.reader import Reader

# Where nothing is named: commands that need a database bring one up and name it (fugong.cli.database).
NOWHERE = "postgresql://fugong_app@localhost/fugong"


def databases(read: Reader) -> dict[str, dict[str, Any]]:
    url = read.text("FUGONG_DATABASE_URL", NOWHERE)
    owner = read.text("FUGONG_OWNER_DATABASE_URL", url)
    return {
        "default": _entry(_parsed(url, "FUGONG_DATABASE_URL")),
        "owner": _entry(_parsed(owner, "FUGONG_OWNER_DATABASE_URL")),
    }


def _parsed(url: str, setting: str) -> ConnectionInfo:
    """Ends the program with the sentence: settings are read where nobody else would say it in words."""
    try:
        return parse_url(url, setting=setting)
    except DatabaseFault as fault:
        raise SystemExit(f"fugong: {fault}") from None


def _entry(info: ConnectionInfo) -> dict[str, Any]:
    entry = info.django()
    entry["OPTIONS"] = {"connect_timeout": 10, **entry["OPTIONS"]}
    return {**entry, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


class OwnerOnlyMigrates:
    """Tables are made by their owner only; `migrate` on the application's connection does nothing."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
