"""The lines of a day's rolls as they were known at a moment, for figures that must come out the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.core.clock import end_of
from fugong.duties.models import Entry

# A turn named by a day is due on it or, where it is about the day before, on the next; its grace is short.
DUE_WITHIN: Final = timedelta(days=7)

# Each person once, by a line that is still owed before one that was let off. A line withdrawn since was owed
# then; one withdrawn by then never counts. Rolls are found by their deadline, lines by their roll.
KNOWN: Final = """
    with line as (
        select entry.id, entry.subject_id, roll.roll_enterprise_id as enterprise_id, entry.period,
               (entry.withdrawn_at is not null and entry.withdrawn_at <= %(known_at)s)
                 or (roll.excuse <> '' and roll.withdrawn_at <= %(known_at)s and entry.done_at is null)
                 as is_excused
          from duties_duty roll join duties_entry entry
            on entry.authority_id = roll.authority_id and entry.duty_id = roll.id
         where roll.authority_id = %(authority)s and roll.is_roll and roll.kind = %(kind)s
           and roll.due_at > %(since)s and roll.due_at <= %(until)s and left(roll.period, 10) = %(day)s
           and entry.recorded_at <= %(known_at)s
           and (entry.withdrawn_at is null or entry.withdrawn_at > %(known_at)s or entry.excuse <> '')
           and (roll.withdrawn_at is null or roll.withdrawn_at > %(known_at)s or roll.excuse <> ''
                or entry.excuse <> '')
    )
    select distinct on (subject_id) id, subject_id, enterprise_id, period, is_excused
      from line
     order by subject_id, is_excused, period, id
"""


@dataclass(frozen=True, slots=True)
class KnownLine:
    """One person of whom something was owed for the day: the line by which, and whether it was let off."""

    id: UUID
    subject_id: UUID
    enterprise_id: UUID | None
    period: str
    is_excused: bool


def lines_known(authority_id: UUID, kind: str, *, day: date, known_at: datetime) -> list[KnownLine]:
    """The caller answers for who may know. One statement, of the day's rolls alone."""
    asked: dict[str, Any] = {
        "authority": authority_id,
        "kind": kind,
        "day": day.isoformat(),
        "since": end_of(day - timedelta(days=1)),
        "until": end_of(day) + DUE_WITHIN,
        "known_at": known_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, asked)
        return [KnownLine(*row) for row in cursor.fetchall()]


def lines_by_id(ids: Iterable[UUID]) -> list[Entry]:
    """With their rolls. The caller answers for who may know."""
    return list(Entry.objects.filter(id__in=list(ids)).select_related("duty"))
