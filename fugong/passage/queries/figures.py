"""Figures of a day's passages, from the scans themselves: what was known by a moment can be counted again.

A row of the proof is a gate with its number: millions of scans have no list. When the scans are destroyed,
published figures are held to what was sealed then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import day_up_to, end_of
from fugong.core.figures import Computed, FigureDefinition, FigureQuery, Grade, Kind
from fugong.core.figures.proof import row_ref
from fugong.passage.choices import Answer, Flag, SubjectKind
from fugong.passage.models import Gate, Scan

PASSAGES: Final = "passage.passages"
REFUSALS: Final = "passage.refusals"
SCANS: Final = "passage.Scan"
COUNTED: Final = {
    PASSAGES: Q(answer=Answer.ALLOW) | Q(is_forced=Flag.FORCED),
    REFUSALS: Q(answer=Answer.STOP),
}


class UnknownScope(ValueError):
    """The figure was asked for by an attribute that it cannot be narrowed by."""


def _computes(key: str) -> Callable[[FigureQuery], Computed]:
    def compute(query: FigureQuery) -> Computed:
        """Nothing recorded, where nobody was scanned that day or nothing is kept of it any more."""
        if query.scope:
            raise UnknownScope(f"passages are not narrowed by {', '.join(sorted(query.scope))}")
        gates = Gate.objects.filter(authority_id=query.authority_id)
        if query.areas is not None:
            gates = gates.filter(area_id__in=query.areas)
        ids = dict(gates.values_list("number", "id"))
        counted = _counted(key, query, list(ids))
        if not counted:
            return Computed(value=None)
        day = day_up_to(query.as_of).isoformat()
        rows = tuple(
            row_ref(SCANS, ids[gate], {"gate": gate, "day": day, "number": number})
            for gate, number in sorted(counted.items())
        )
        return Computed(value=sum(counted.values()), rows=rows)

    return compute


def _counted(key: str, query: FigureQuery, gates: list[int]) -> dict[int, int]:
    """By gate, of people: those of vehicles are counted by themselves. Gates without a scan are left out."""
    day = day_up_to(query.as_of)
    rows = Scan.objects.filter(
        authority_id=query.authority_id,
        gate__in=gates,
        at__gte=end_of(day - timedelta(days=1)),
        at__lt=min(query.as_of, end_of(day)),
        received_at__lte=query.known_at,
    ).exclude(subject_kind=SubjectKind.VEHICLE)
    flagged = rows.annotate(is_forced=F("flags").bitand(int(Flag.FORCED)))
    found = flagged.order_by().values_list("gate").annotate(number=Count("nonce", filter=COUNTED[key]))
    return {gate: int(number) for gate, number in found}


_WORDS: Final = {
    PASSAGES: (
        _("People let through"),
        _("Scans of the day by which a person was let through a gate or a checkpoint, in or out."),
    ),
    REFUSALS: (
        _("People refused at gates"),
        _("Scans of the day at which the answer was that the person may not pass."),
    ),
}

FIGURES: Final = tuple(
    FigureDefinition(
        key=key,
        label=label,
        definition=definition,
        unit="occasion",
        kind=Kind.FLOW,
        grade=Grade.VERIFIED,
        compute=_computes(key),
    )
    for key, (label, definition) in _WORDS.items()
)
