"""Entries that are never changed: a correction stands beside the row it corrects."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

M = TypeVar("M", bound=Model)


def standing(rows: QuerySet[M]) -> QuerySet[M]:
    """Those neither corrected since nor taken back."""
    corrected = rows.model._default_manager.filter(
        authority_id=OuterRef("authority_id"), replaces=OuterRef("id")
    )
    return rows.filter(~Exists(corrected), is_taken_back=False)
