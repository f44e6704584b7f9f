"""Who was in the same place at the same time, in one statement.

The other side's presences are made from its scans inside the database, by the rule of `rules.presence`: a
test holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from fugong.core.clock import local_date
from fugong.passage.choices import SubjectKind
from fugong.passage.queries.whereabouts import GateKnown, gates_into
from fugong.passage.rules.presence import Place, Presence, Quality

# Joined plainly, the planner reads every scan of the fortnight; each window by itself reads its own.
MET: Final = """
with mine as (
    select * from unnest(%(n)s::int4[], %(gate)s::int4[], %(since)s::timestamptz[], %(until)s::timestamptz[],
                         %(quality)s::int2[], %(longest)s::interval[], %(stay)s::interval[],
                         %(venue)s::bool[])
                  as given (n, gate, since, until, quality, longest, stay, is_venue)
),
seen as (
    select mine.*, scan.*
      from mine
     cross join lateral (
           select subject, subject_kind, at, direction
             from passage_scan
            where authority_id = %(authority)s and gate = mine.gate
              and at >= mine.since - mine.longest and at <= mine.until + mine.longest and at <= %(now)s
              and subject is not null and subject_kind in (1, 2) and subject <> all(%(own)s)
              and (answer = 1 or flags & 1 <> 0) and flags & 6 = 0
           offset 0) scan
),
paired as (
    select *, lag(at) over steps as before_at, lag(direction) over steps as before_direction,
           lead(at) over steps as after_at, lead(direction) over steps as after_direction
      from seen
    window steps as (partition by n, subject order by at, direction)
),
there as (
    select n, subject, subject_kind, since, until, quality, at as came,
           case when direction = 2 then at
                when after_direction = 2 and after_at - at <= longest then after_at
                else least(at + stay, after_at, %(now)s) end as gone,
           case when direction = 2 then 5
                when after_direction = 2 and after_at - at <= longest then 1
                when is_venue then 3
                when after_at is null and at + stay > %(now)s then 2
                else 4 end as shown
      from paired
     where direction = 1 or before_at is null or before_direction = 2 or at - before_at > longest
)
select subject, subject_kind, n, greatest(came, since), least(gone, until), greatest(shown, quality)
  from there
 where greatest(came, since) <= least(gone, until)
 order by greatest(shown, quality), least(gone, until) - greatest(came, since) desc, subject, n
 limit %(limit)s
"""
MOST: Final = 5_000
"""More than these nobody can call; the best shown and the longest come first."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Somebody was where the person was, from `since` to `until`. Whether that was a contact is not said:
    what is assumed (`quality`) is none by itself.
    """

    subject: UUID
    kind: SubjectKind
    place: Place
    place_name: str
    since: datetime
    until: datetime
    quality: Quality

    @property
    def minutes(self) -> int:
        return int((self.until - self.since).total_seconds() // 60)


def overlaps(
    there: Sequence[Presence],
    *,
    own: Collection[UUID],
    authority_id: UUID,
    now: datetime,
    limit: int = MOST,
) -> list[Overlap]:
    """With the presences of one person, whose scans stand under `own`. The caller answers for who may
    know.
    """
    if not there:
        return []
    gates = gates_into(authority_id, {each.place.key for each in there}, on=local_date(now))
    by_place: dict[UUID, list[GateKnown]] = {}
    for gate in gates.values():
        by_place.setdefault(gate.place.key, []).append(gate)
    asked = _asked(there, by_place)
    given: dict[str, Any] = {"own": list(own), "authority": authority_id, "now": now, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(MET, asked | given)
        return [_overlap(row, there, by_place) for row in cursor.fetchall()]


def _asked(there: Sequence[Presence], by_place: Mapping[UUID, Sequence[GateKnown]]) -> dict[str, list[Any]]:
    """A row for each gate of each presence's place."""
    rows = [
        (n, gate.number, each.since, each.until, int(each.quality), gate.place)
        for n, each in enumerate(there)
        for gate in by_place.get(each.place.key, ())
    ]
    return {
        "n": [row[0] for row in rows],
        "gate": [row[1] for row in rows],
        "since": [row[2] for row in rows],
        "until": [row[3] for row in rows],
        "quality": [row[4] for row in rows],
        "longest": [row[5].longest for row in rows],
        "stay": [row[5].limit for row in rows],
        "venue": [row[5].is_venue for row in rows],
    }


def _overlap(
    row: tuple[UUID, int, int, datetime, datetime, int],
    there: Sequence[Presence],
    by_place: Mapping[UUID, Sequence[GateKnown]],
) -> Overlap:
    subject, kind, n, since, until, quality = row
    place = there[n].place
    name = by_place[place.key][0].place_name
    return Overlap(subject, SubjectKind(kind), place, name, since, until, Quality(quality))
