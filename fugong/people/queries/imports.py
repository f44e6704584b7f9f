"""Reading lists of staff that were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from fugong.core.actor import Actor
from fugong.core.importing import queries as handed_in
from fugong.core.importing.choices import BatchState
from fugong.people.choices import StaffOutcome
from fugong.people.models import ImportBatch, ImportRow, Person
from fugong.people.rules.problems import Problem

TAKEN = (StaffOutcome.NEW, StaffOutcome.CHANGED, StaffOutcome.MOVED, StaffOutcome.QUESTION)


@dataclass(frozen=True, slots=True)
class Imported:
    """One person of a list that was taken over, and where he or she works now by it."""

    person_id: UUID
    enterprise_id: UUID
    outcome: StaffOutcome


@dataclass(frozen=True, slots=True)
class Mention:
    """That a list said something of a person, and by whom it was taken over."""

    at: datetime
    by: str
    file_name: str
    outcome: StaffOutcome


def list_imports(actor: Actor, *, limit: int = 20) -> list[ImportBatch]:
    """The latest first."""
    rows = ImportBatch.objects.select_related("enterprise")
    return list(rows.visible_to(actor).defer("content")[:limit])


def get_import(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Raises NotFound, also when the actor may not see it."""
    batch: ImportBatch = handed_in.get_batch(ImportBatch, actor, batch_id)
    return batch


def rows_of_import(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Its judged rows as they stand in the file. The caller has the batch by `get_import`."""
    rows = ImportRow.objects.filter(authority_id=batch.authority_id, batch=batch)
    return rows.defer("cells", "phone", "phone_before").order_by("number")


def questions_of_import(batch: ImportBatch) -> QuerySet[ImportRow]:
    return rows_of_import(batch).filter(outcome=StaffOutcome.QUESTION)


def refused_rows(batch: ImportBatch) -> Iterator[tuple[int, list[str], dict[str, Problem]]]:
    """The number and the cells of each refused row as they stood, with what is wrong by field."""
    for cells, row in handed_in.refused(ImportRow.objects.all(), batch):
        yield row.number, cells, problems_in(row)


def problems_in(row: ImportRow) -> dict[str, Problem]:
    return {name: Problem(code, details) for name, code, details in row.problems}


def people_of_import(authority_id: UUID, batch_id: UUID) -> list[Imported]:
    """For whoever answers the fact that a list was taken over."""
    rows = _taken().filter(authority_id=authority_id, batch_id=batch_id).order_by("number")
    found = rows.values_list("person_id", "enterprise_id", "outcome")
    return [
        Imported(person, place, StaffOutcome(outcome))
        for person, place, outcome in found
        if person is not None and place is not None
    ]


def list_mentions(person: Person) -> list[Mention]:
    """The lists that spoke of a person. The caller may see the file."""
    rows = _taken().filter(authority_id=person.authority_id, person_id=person.id)
    found = rows.select_related("batch").defer("batch__content").order_by("batch__confirmed_at")
    return [
        Mention(
            row.batch.confirmed_at, row.batch.read_by_name, row.batch.file_name, StaffOutcome(row.outcome)
        )
        for row in found
        if row.batch.confirmed_at is not None
    ]


def _taken() -> QuerySet[ImportRow]:
    taken = ImportRow.objects.filter(batch__state=BatchState.CONFIRMED, outcome__in=TAKEN)
    return taken.exclude(outcome=StaffOutcome.QUESTION, is_chosen=False)
