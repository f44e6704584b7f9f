"""The rows of levels, locked and written many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.clearance.models import Clearance

# As JSON, which PostgreSQL reads by itself: the parameters of so many columns cost more than the rows do.
LINES: Final = """
    json_to_recordset(%(rows)s::json) as line (
        id uuid, authority_id uuid, person_id uuid, level text, lapses_to text, asks bool,
        since timestamptz, until timestamptz, reasons jsonb, playbook_version_id uuid, law text,
        computed_at timestamptz)
"""
# In the order of the people, as rows are locked.
ADD: Final = f"""
    insert into clearance_clearance
           (id, authority_id, person_id, level, lapses_to, asks, since, until, reasons, playbook_version_id,
            law, computed_at)
    select * from {LINES} order by person_id
        on conflict (authority_id, person_id) do nothing
    returning person_id
"""  # noqa: S608 - a piece of our own
CHANGE: Final = f"""
    update clearance_clearance row
       set level = line.level, lapses_to = line.lapses_to, asks = line.asks, since = line.since,
           until = line.until, reasons = line.reasons, playbook_version_id = line.playbook_version_id,
           law = line.law, computed_at = line.computed_at
      from {LINES}
     where row.id = line.id
"""  # noqa: S608 - a piece of our own


def locked(ids: Iterable[UUID]) -> list[Clearance]:
    rows = Clearance.objects.filter(person_id__in=list(ids)).order_by("person_id")
    return list(rows.select_for_update(of=("self",)))


def add(rows: Sequence[Clearance]) -> set[UUID]:
    """The people whose row was added. Of two who make it at once, the second waits and adds none."""
    return {row[0] for row in _executed(ADD, rows)} if rows else set()


def change(rows: Sequence[Clearance]) -> None:
    """Locked before."""
    if rows:
        _executed(CHANGE, rows)


def _executed(statement: str, rows: Sequence[Clearance]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"rows": json.dumps([_line(row) for row in rows])})
        return cursor.fetchall() if cursor.description else []


def _line(row: Clearance) -> dict[str, object]:
    version = row.playbook_version_id
    return {
        "id": str(row.id),
        "authority_id": str(row.authority_id),
        "person_id": str(row.person_id),
        "level": row.level,
        "lapses_to": row.lapses_to,
        "asks": row.asks,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
        "reasons": row.reasons,
        "playbook_version_id": str(version) if version else None,
        "law": row.law,
        "computed_at": row.computed_at.isoformat(),
    }
