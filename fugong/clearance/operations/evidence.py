"""Evidence comes on record and is relieved, inside the operation of the context that learns it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from fugong.clearance.choices import BY_HAND, Entry, Source
from fugong.clearance.models import Evidence
from fugong.clearance.operations.computing import AT_ONCE, Change, recompute
from fugong.core.operation import Operation
from fugong.people import queries as people
from fugong.playbooks.facts import evidence_kind


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
    audited(recompute({row.person_id for row in rows}, op=op), op)


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
    Evidence.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    there = Evidence.objects.filter(
        person_id__in={row.person_id for row in rows}, kind=rows[0].kind, is_latest=True
    )
    stored = {row.person_id: row for row in there.select_for_update()}
    newer = [row for row in rows if row.since > stored[row.person_id].since]
    for row in newer:
        row.id = stored[row.person_id].id
    Evidence.objects.bulk_create(
        newer,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            *("since", "until", "source_kind", "source_id", "source_label", "source_url"),
            *("recorded_at", "recorded_by", "recorded_by_name", "relieved_at"),
        ],
        batch_size=AT_ONCE,
    )
