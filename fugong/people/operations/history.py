"""Writing a person's doses, contacts and commitments: said, corrected, taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotFound
from fugong.people.choices import HistoryKind, Way
from fugong.people.models import HistoryEntry, Person
from fugong.people.operations.checks import locked, refusal_of
from fugong.people.operations.correcting import check_may_keep
from fugong.people.queries.history import list_history
from fugong.people.rules import history
from fugong.people.rules.history import HistoryData


def record_history(
    person_id: UUID, data: HistoryData, *, way: Way, actor: Actor, now: datetime
) -> HistoryEntry:
    """Saying the same again changes nothing and returns the row there is.

    Locks the person. Raises NotFound, NotPermitted, Invalid with the fields at fault.
    """
    with operation("people.record_history", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        check_may_keep(person, actor)
        data = _checked(data, now=now)
        for entry in list_history(person.authority_id, person.id):
            if said_of(entry) == data:
                op.audit(person, {})
                return entry
        return _kept(_row(person, data, way=way, op=op), op=op)


def correct_history(
    entry_id: UUID, data: HistoryData | None, *, way: Way = Way.FORM, actor: Actor, now: datetime
) -> HistoryEntry:
    """Another row takes the place of this one, which stays; None says: there was no such thing.

    Locks the person. Raises NotFound, NotPermitted, Invalid, Conflict for a row corrected already.
    """
    with operation("people.correct_history", actor=actor, now=now) as op:
        old = HistoryEntry.objects.filter(authority_id=actor.authority_id, id=entry_id).first()
        if old is None:
            raise NotFound()
        person = locked(old.person_id, actor=actor)
        check_may_keep(person, actor)
        if HistoryEntry.objects.filter(replaces=old).exists():
            raise Conflict(_("Somebody else has corrected this entry. Load it again."), code="overtaken")
        said = said_of(old) if data is None else _checked(data, now=now)
        row = _row(person, said, way=way, op=op)
        row.replaces, row.is_taken_back = old, data is None
        return _kept(row, op=op)


def said_of(entry: HistoryEntry) -> HistoryData:
    return HistoryData(
        kind=HistoryKind(entry.kind), on=entry.on, detail=str(entry.detail or ""), number=entry.number
    )


def _checked(data: HistoryData, *, now: datetime) -> HistoryData:
    data = history.tidied(data)
    problems = history.problems_of(data, today=local_date(now))
    if problems:
        raise refusal_of(problems)
    return data


def _row(person: Person, data: HistoryData, *, way: Way, op: Operation) -> HistoryEntry:
    return HistoryEntry(
        authority_id=person.authority_id,
        person=person,
        kind=data.kind,
        on=data.on,
        detail=data.detail,
        number=data.number,
        way=way,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        recorded_by_name=op.actor.name,
    )


def _kept(row: HistoryEntry, *, op: Operation) -> HistoryEntry:
    """What it says is sealed, and stays out of the trail."""
    row.save(force_insert=True)
    said = {"person": str(row.person_id), "kind": row.kind, "on": row.on}
    op.audit(row, said | {"replaces": str(row.replaces_id or ""), "is_taken_back": row.is_taken_back})
    return row
