"""What the reader of a proof sees of a difficulty solved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from fugong.core.actor import Actor
from fugong.core.figures.rows import ShownRow
from fugong.support.models import Difficulty, DifficultyEvent
from fugong.support.permissions import may_see


def event_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    """The difficulty that the event closed, where this person may see it."""
    if not may_see(actor):
        return {}
    seen = Difficulty.objects.visible_to(actor)
    events = DifficultyEvent.objects.filter(id__in=ids, difficulty__in=seen)
    return {
        event.id: ShownRow(
            label=event.difficulty.title,
            detail=event.difficulty.enterprise.name,
            url=reverse("support:detail", args=[event.difficulty_id]),
        )
        for event in events.select_related("difficulty__enterprise")
    }
