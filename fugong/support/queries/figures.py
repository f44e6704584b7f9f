"""The figure of difficulties solved, recomputed from events."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from fugong.core.figures import Computed, FigureDefinition, FigureQuery, Grade, Kind
from fugong.core.figures.proof import RowRef, row_ref
from fugong.support.choices import Step
from fugong.support.models import DifficultyEvent

DIFFICULTIES_SOLVED: Final = "support.difficulties_solved"
CATEGORY: Final = "category"


def compute_solved(query: FigureQuery) -> Computed:
    """One row for each difficulty: the event by which the enterprise said that it is solved."""
    unknown = set(query.scope) - {CATEGORY}
    if unknown:
        raise ValueError(f"{DIFFICULTIES_SOLVED} knows no scope {', '.join(sorted(unknown))}")
    events = DifficultyEvent.objects.filter(
        authority_id=query.authority_id, step=Step.SOLVE, at__lte=query.as_of, recorded_at__lte=query.known_at
    )
    if query.areas is not None:
        events = events.filter(difficulty__area_id__in=query.areas)
    if CATEGORY in query.scope:
        events = events.filter(difficulty__category=query.scope[CATEGORY])
    rows = tuple(_row(event) for event in events.order_by("at", "id"))
    return Computed(value=len(rows), rows=rows)


def _row(event: DifficultyEvent) -> RowRef:
    counted = {
        "difficulty": str(event.difficulty_id),
        "step": event.step,
        "at": event.at,
        "recorded_at": event.recorded_at,
        "by": str(event.by_id),
    }
    return row_ref(DifficultyEvent._meta.label, event.id, counted)


FIGURES: Final = (
    FigureDefinition(
        key=DIFFICULTIES_SOLVED,
        label=_("Difficulties solved"),
        definition=_(
            "Difficulties of which the enterprise itself had said by then that they are solved. Those "
            "answered but not confirmed by the enterprise do not count, nor do those it withdrew."
        ),
        unit="one",
        kind=Kind.CUMULATIVE,
        grade=Grade.DECLARED,
        compute=compute_solved,
    ),
)
