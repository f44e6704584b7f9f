"""Reading lists that were handed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fugong.core.actor import Actor
from fugong.core.importing.choices import REFUSED
from fugong.core.refusals import NotFound


def list_batches(batches: Any, actor: Actor, *, limit: int) -> list[Any]:
    """The latest first."""
    return list(batches.objects.visible_to(actor).defer("content")[:limit])


def get_batch(batches: Any, actor: Actor, batch_id: UUID) -> Any:
    """Raises NotFound, also when the actor may not see it."""
    batch = batches.objects.visible_to(actor).defer("content").filter(id=batch_id).first()
    if batch is None:
        raise NotFound()
    return batch


def refused(rows: QuerySet[Any], batch: Any) -> Iterator[tuple[list[str], Any]]:
    """The cells of each refused row as they stood, with the row."""
    found = rows.filter(authority_id=batch.authority_id, batch=batch, outcome=REFUSED)
    for row in found.only("number", "cells", "problems").order_by("number").iterator(chunk_size=2_000):
        yield json.loads(row.cells) if row.cells else [], row
