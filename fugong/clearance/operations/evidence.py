"""Evidence comes on record and is relieved, inside the operation of the context that learns it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from fugong.clearance.choices import BY_HAND, Entry, Source
from fugong.clearance.models import Evidence
from fugong.clearance.operations.computing import AT_ONCE, Change, recompute
from fugong.clearance.queries.law import law_in_force
from fugong.core.operation import Operation
from fugong.people import queries as people
from fugong.playbooks.facts import evidence_kind

NEWEST: Final = (
    *("id", "authority_id", "person_id", "kind", "since", "until", "source_kind", "source_id"),
    *("source_label", "source_url", "recorded_at", "recorded_by", "recorded_by_name"),
)
KEEP_NEWEST: Final = """
    insert into clearance_evidence
           (id, authority_id, person_id, kind, is_latest, since, until, level, reason, source_kind, source_id,
            source_label, source_url, recorded_at, recorded_by, recorded_by_name, relieved_by_name)
    select id, authority_id, person_id, kind, true, since, until, '', '', source_kind, source_id,
           source_label, source_url, recorded_at, recorded_by, recorded_by_name, ''
      from unnest(%(id)s::uuid[], %(authority_id)s::uuid[], %(person_id)s::uuid[], %(kind)s::text[],
                  %(since)s::timestamptz[], %(until)s::timestamptz[], %(source_kind)s::text[],
                  %(source_id)s::uuid[], %(source_label)s::text[], %(source_url)s::text[],
                  %(recorded_at)s::timestamptz[], %(recorded_by)s::uuid[], %(recorded_by_name)s::text[])
           as row (id, authority_id, person_id, kind, since, until, source_kind, source_id, source_label,
                   source_url, recorded_at, recorded_by, recorded_by_name)
     order by person_id
    on conflict (authority_id, person_id, kind) where is_latest
    do update set since = excluded.since, until = excluded.until, source_kind = excluded.source_kind,
                  source_id = excluded.source_id, source_label = excluded.source_label,
                  source_url = excluded.source_url, recorded_at = excluded.recorded_at,
                  recorded_by = excluded.recorded_by, recorded_by_name = excluded.recorded_by_name,
                  relieved_at = null
            where clearance_evidence.since < excluded.since
"""


def record_evidence(
    person_id: UUID,
    *,
    kind: str,
    since: datetime,
    source: Source,
    op: Operation,
    until: datetime | None = None,
) -> None:
    """The person's level follows before this returns. The same source said again changes only its end.

    `until` is when it ends by itself, where the source says so; the playbook's rule may end it earlier.
    What was relieved stays relieved. Raises UnknownEvidence for a kind nobody has registered.
    """
    record_evidence_of_many([Entry(person_id, since, source, until)], kind=kind, op=op)


def record_evidence_of_many(entries: Iterable[Entry], *, kind: str, op: Operation) -> None:
    """The same kind of many people, such as all who sent no report, in few statements."""
    known = evidence_kind(kind)
    if kind == BY_HAND:
        raise ValueError("A level by hand is confirmed by a second person, never recorded from outside.")
    rows = [_row(entry, kind, is_latest=known.is_latest, op=op) for entry in entries]
    # In one order whoever writes: two who record of the same people wait for each other, and no more.
    rows.sort(key=lambda row: row.person_id)
    for start in range(0, len(rows), AT_ONCE):
        (_keep_newest if known.is_latest else _keep_each)(rows[start : start + AT_ONCE])
    law = law_in_force(op.now)
    # Kept for a later playbook; by the one in force it changes nobody's level. Reports come in thousands.
    if law.law is None or law.speaks_of(kind):
        # What is said of a file since merged away bears on the file in use, and stays with the one it was
        # said of, should the merge be undone.
        audited(recompute(people.with_kept({row.person_id for row in rows}), op=op, law=law), op)


def relieve_evidence(*, source_id: UUID, at: datetime, op: Operation) -> int:
    """Ends all that stands on this source, of everybody. Returns how many rows; again changes nothing."""
    rows = list(Evidence.objects.filter(source_id=source_id, relieved_at=None).select_for_update())
    relieve(rows, at=at, op=op)
    return len(rows)


def relieve_kind(person_ids: Collection[UUID], *, kind: str, at: datetime, op: Operation) -> int:
    """Ends all of one kind that these people have, whatever it stands on. One statement where none is."""
    found = Evidence.objects.filter(
        authority_id=op.actor.authority_id, person_id__in=person_ids, kind=kind, relieved_at=None
    )
    rows = list(found.select_for_update())
    if rows:
        relieve(rows, at=at, op=op)
    return len(rows)


def relieve(rows: Sequence[Evidence], *, at: datetime, op: Operation) -> None:
    Evidence.objects.filter(id__in=[row.id for row in rows]).update(
        relieved_at=at, relieved_by=op.actor.user_id, relieved_by_name=op.actor.name
    )
    # What was recorded of a file since merged away bears on the file in use.
    audited(recompute(people.with_kept({row.person_id for row in rows}), op=op), op)


def audited(changes: Iterable[Change], op: Operation) -> None:
    """One row in the trail for each level that is another one now."""
    op.audit_each((change.row, said_of(change)) for change in changes)


def said_of(change: Change) -> dict[str, object]:
    return {"person": change.row.person_id, "from": change.before, "to": change.row.level}


def _row(entry: Entry, kind: str, *, is_latest: bool, op: Operation) -> Evidence:
    return Evidence(
        authority_id=op.actor.authority_id,
        person_id=entry.person_id,
        kind=kind,
        is_latest=is_latest,
        since=entry.since,
        until=entry.until,
        source_kind=entry.source.kind,
        source_id=entry.source.id,
        source_label=entry.source.label[:200],
        source_url=entry.source.url,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        recorded_by_name=op.actor.name,
    )


def _keep_each(rows: list[Evidence]) -> None:
    """Said again, a source may have got another end."""
    Evidence.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    there = Evidence.objects.filter(
        source_id__in={row.source_id for row in rows}, person_id__in={row.person_id for row in rows}
    )
    stored = {(row.source_id, row.person_id, row.kind): row for row in there}
    for row in rows:
        before = stored[row.source_id, row.person_id, row.kind]
        if before.id != row.id and before.until != row.until:
            Evidence.objects.filter(id=before.id).update(until=row.until)


def _keep_newest(rows: list[Evidence]) -> None:
    """A late entry about an earlier hour does not make a person's newest report an old one."""
    newest = {row.person_id: row for row in sorted(rows, key=lambda each: each.since)}.values()
    with connection.cursor() as cursor:
        cursor.execute(KEEP_NEWEST, {name: [getattr(row, name) for row in newest] for name in NEWEST})
