"""The rows that gates read: many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from fugong.clearance.models import Clearance

LevelRow = tuple[str, "datetime | None", str]
"""The level, until when it holds by itself, and what it reads after that."""


def level_rows(person_ids: Collection[UUID]) -> dict[UUID, LevelRow]:
    """Of the acting authority. Whoever is missing was never computed."""
    rows = Clearance.objects.filter(person_id__in=person_ids)
    found = rows.values_list("person_id", "level", "until", "lapses_to")
    return {person: (level, until, lapses_to) for person, level, until, lapses_to in found}
