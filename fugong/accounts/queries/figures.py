"""How many people answer for something: from assignments, as of a day and as known at a time."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fugong.accounts.models import Assignment
from fugong.core.clock import day_up_to
from fugong.core.figures import Computed, FigureDefinition, FigureQuery, Grade, Kind
from fugong.core.figures.proof import row_ref


class UnknownScope(ValueError):
    """Assignments are narrowed by their kind only."""


def _in_force(query: FigureQuery) -> QuerySet[Assignment]:
    unknown = set(query.scope) - {"kind"}
    if unknown:
        raise UnknownScope(", ".join(sorted(unknown)))
    day = day_up_to(query.as_of)
    not_ended = Q(ends_on=None) | Q(ends_on__gt=day) | Q(end_recorded_at__gt=query.known_at)
    rows = Assignment.objects.filter(
        authority_id=query.authority_id, starts_on__lte=day, recorded_at__lte=query.known_at, **query.scope
    )
    return rows.filter(not_ended)


def _people(query: FigureQuery) -> Computed:
    """Each person once, however many subjects he or she answers for; the proof lists every assignment."""
    rows = list(_in_force(query).order_by("user_id", "subject_id"))
    proof = tuple(
        row_ref(
            Assignment._meta.label,
            row.id,
            {"user": row.user_id, "kind": row.kind, "subject": row.subject_id, "starts_on": row.starts_on},
        )
        for row in rows
    )
    return Computed(value=len({row.user_id for row in rows}), rows=proof)


FIGURES = (
    FigureDefinition(
        key="accounts.assigned_people",
        label=_("People who answer for somebody"),
        definition=_(
            "Persons with at least one assignment of responsibility in force on that day, each once."
        ),
        unit="person",
        kind=Kind.STOCK,
        grade=Grade.VERIFIED,
        compute=_people,
    ),
)
