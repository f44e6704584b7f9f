"""What the reader of a proof sees of a counted row of passages: the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from fugong.core.actor import Actor
from fugong.core.figures.rows import ShownRow
from fugong.passage.queries.gates import list_gates


def gate_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    return {
        gate.id: ShownRow(
            label=gate.name,
            detail=gate.enterprise.name if gate.enterprise else gate.place,
            url=reverse("passages:gate_day", args=[gate.id]),
        )
        for gate in list_gates(actor).filter(id__in=ids)
    }
