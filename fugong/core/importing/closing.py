"""The end of a taking over, when all is written."""

from __future__ import annotations

from typing import Any

from fugong.core.importing.choices import UNCHANGED, BatchState
from fugong.core.operation import Operation


def close(rows: Any, batch: Any, *, op: Operation) -> None:
    """Rows with errors stay until the list expires, to be fetched and corrected."""
    rows.objects.filter(authority_id=batch.authority_id, batch=batch, outcome=UNCHANGED).delete()
    batch.state, batch.failure = BatchState.CONFIRMED, ""
    batch.confirmed_at, batch.confirmed_by = op.now, op.actor.user_id
    batch.save(update_fields=["state", "failure", "confirmed_at", "confirmed_by"])
