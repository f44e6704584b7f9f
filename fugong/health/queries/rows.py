"""What a reader of a proof sees of the people behind the figures of health reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from fugong.core.actor import Actor
from fugong.core.figures.rows import ShownRow
from fugong.duties import queries as duties
from fugong.health.choices import SEE
from fugong.health.permissions import may_at
from fugong.people import queries as people


def line_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    """Names only for whoever sees the health reports of where the person works."""
    if not actor.may(SEE):
        return {}
    lines = duties.lines_by_id(ids)
    known = people.at_work({line.subject_id for line in lines}, actor=actor)
    seen = {who: person for who, person in known.items() if may_at(actor, person.place, SEE)}
    return {
        line.id: ShownRow(
            seen[line.subject_id].name, line.period, reverse("people:detail", args=[line.subject_id])
        )
        for line in lines
        if line.subject_id in seen
    }
