"""What went, written down in the transaction in which it went, each line resting on the one before."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import connections

from fugong.core.ending.choices import Fate
from fugong.core.ending.models import DestructionBatch, DestructionPlan

OWNER: Final = "owner"


class NotTheOwner(RuntimeError):
    """Rows can be destroyed only over the connection of the tables' owner."""


class Ledger:
    """Of one plan, inside one transaction of the owner. `rows` is what this transaction wrote down."""

    def __init__(self, plan: DestructionPlan, now: datetime) -> None:
        self.plan, self.now, self.rows = plan, now, 0
        rows = DestructionBatch.objects.using(OWNER).filter(authority_id=plan.authority_id, plan=plan)
        last = rows.order_by("-position").first()
        self._position, self._chained = (last.position, last.chained) if last else (0, plan.digest)

    def write(self, label: str, fate: Fate, rows: int, digest: str) -> None:
        """Nothing for no row."""
        if not rows:
            return
        self.rows += rows
        self._position += 1
        self._chained = chain(self._chained, label, fate.value, rows, digest)
        DestructionBatch.objects.using(OWNER).create(
            authority_id=self.plan.authority_id,
            plan_id=self.plan.id,
            position=self._position,
            model=label,
            fate=fate,
            rows=rows,
            digest=digest,
            chained=self._chained,
            at=self.now,
        )


def chain(before: str, label: str, fate: str, rows: int, digest: str) -> str:
    """Of a batch after the one before it; the first follows the plan's own digest."""
    return sha256(f"{before}\n{label}\n{fate}\n{rows}\n{digest}".encode()).hexdigest()


def act_for(authority_id: UUID) -> None:
    """The owner is bound by row-level security as everybody is; until the end of the transaction."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', %s, true)", [str(authority_id)])
