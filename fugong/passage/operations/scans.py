"""Scans written by ordinary pages: into the same two tables and by the same rules as the gate process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.passage.choices import Answer, Direction, Reason, SubjectKind, Way

COLUMNS: Final = {
    "gate": "int4",
    "at": "timestamptz",
    "nonce": "int8",
    "received_at": "timestamptz",
    "device": "uuid",
    "subject": "uuid",
    "subject_kind": "int2",
    "way": "int2",
    "direction": "int2",
    "answer": "int2",
    "reason": "int2",
    "flags": "int2",
    "temperature": "int2",
}
# The counts are of the rows that were new: sent again, a scan counts once.
KEEP: Final = f"""
with added as (
    insert into passage_scan (authority_id, {", ".join(COLUMNS)})
    select %(authority)s::uuid, *
      from unnest({", ".join(f"%({name})s::{kind}[]" for name, kind in COLUMNS.items())})
        on conflict do nothing
    returning gate, at, nonce, direction, answer, subject_kind
),
counted as (
    insert into passage_count (authority_id, gate, hour, direction, answer, subject_kind, scans)
    select %(authority)s::uuid, gate, date_trunc('hour', at), direction, answer, subject_kind, count(*)
      from added group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
        on conflict (authority_id, gate, hour, direction, answer, subject_kind)
        do update set scans = passage_count.scans + excluded.scans
)
select count(*) from added
"""  # noqa: S608 - names of our own columns


@dataclass(frozen=True, slots=True)
class ScanRow:
    """As `models.Scan`. `temperature` in tenths of a degree."""

    gate: int
    at: datetime
    nonce: int
    received_at: datetime
    device: UUID
    direction: Direction
    answer: Answer
    reason: Reason
    way: Way
    subject: UUID | None = None
    subject_kind: SubjectKind = SubjectKind.UNKNOWN
    flags: int = 0
    temperature: int | None = None


def keep_scans(rows: Sequence[ScanRow], *, authority_id: UUID) -> int:
    """How many of them are new. Inside an operation, which answers for who may."""
    if not rows:
        return 0
    columns: dict[str, Any] = {name: [_plain(getattr(row, name)) for row in rows] for name in COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute(KEEP, columns | {"authority": authority_id})
        return int(cursor.fetchone()[0])


def _plain(value: object) -> object:
    """A number of a closed list as the number it is."""
    return int(value) if isinstance(value, int) else value
