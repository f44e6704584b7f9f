"""Paper sheets and what is left of them to type."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people.models import PaperRow, PaperSheet, Person
from fugong.people.rules.paper import ROWS, TypedRow


@dataclass(frozen=True, slots=True)
class SheetRows:
    """`waiting` by their place, as typed; `kept` is how many became files; `free` the places still empty."""

    waiting: dict[int, TypedRow]
    kept: int
    free: tuple[int, ...]


def list_sheets(actor: Actor, enterprise_id: UUID) -> QuerySet[PaperSheet]:
    """The latest first, each with how many rows became files (`kept`); the caller checks who may see them."""
    rows = PaperSheet.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    counted = rows.annotate(
        kept=Count("rows", filter=Q(rows__person__isnull=False)),
    )
    return counted.order_by("-typed_at")


def get_sheet(actor: Actor, sheet_id: UUID) -> PaperSheet:
    """With its enterprise. Raises NotFound; the caller checks who may keep files there."""
    rows = PaperSheet.objects.filter(authority_id=actor.authority_id, id=sheet_id)
    sheet = rows.select_related("enterprise").first()
    if sheet is None:
        raise NotFound()
    return sheet


def kept_of(sheet: PaperSheet, *, actor: Actor) -> list[tuple[int, Person]]:
    """The rows that became files the actor may see, by their place, each with its person."""
    rows = PaperRow.objects.filter(authority_id=sheet.authority_id, sheet=sheet)
    seen = rows.filter(person__in=Person.objects.visible_to(actor))
    found = seen.select_related("person").order_by("place")
    return [(row.place, row.person) for row in found if row.person is not None]


def rows_of(sheet: PaperSheet) -> SheetRows:
    rows = list(PaperRow.objects.filter(authority_id=sheet.authority_id, sheet=sheet).order_by("place"))
    taken = {row.place for row in rows if row.person_id is not None}
    typed = {row.place: TypedRow.read(str(row.typed)) for row in rows if row.person_id is None}
    waiting = {place: each for place, each in typed.items() if not each.is_empty}
    last = max([ROWS, *taken, *waiting])
    free = tuple(place for place in range(1, last + 1) if place not in taken and place not in waiting)
    return SheetRows(waiting, len(taken), free)
