"""The one way to write: a transaction with its audit row and its facts, inside one authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction

from fugong.core import facts, horizon
from fugong.core.actor import Actor
from fugong.core.audit import recording
from fugong.core.tenancy import acting_for


class NoAuditRow(RuntimeError):
    """A programming mistake: an operation wrote without saying so."""


@dataclass(slots=True)
class Operation:
    """What an operation in progress may say. `now` is when it happens, for the clock of the record."""

    name: str
    actor: Actor
    now: datetime
    _rows: int = field(default=0)

    def audit(
        self, subject: models.Model | None, changes: Mapping[str, object] | None = None, *, note: str = ""
    ) -> None:
        recording.record(
            authority_id=self.actor.authority_id,
            actor=self.actor,
            action=self.name,
            subject=subject,
            changes=changes or {},
            note=note,
            at=self.now,
        )
        self._rows += 1

    def audit_each(self, rows: Iterable[tuple[models.Model, Mapping[str, object]]]) -> None:
        """As `audit`, of many subjects, in few statements."""
        self._rows += recording.record_each(rows, actor=self.actor, action=self.name, at=self.now)

    def fact(self, name: str, payload: Mapping[str, object]) -> None:
        self.fact_each(name, [payload])

    def fact_each(self, name: str, payloads: Iterable[Mapping[str, object]]) -> None:
        facts.record_each(self.actor.authority_id, name, payloads, at=self.now)


@contextmanager
def operation(name: str, *, actor: Actor, now: datetime, settles: bool = False) -> Iterator[Operation]:
    """One transaction of `actor`'s authority. In order: lock, permission, rule, write, audit, fact.

    Operations of lower contexts may be called inside; they join the transaction. Leaving without an audit row
    raises `NoAuditRow` and nothing is kept. One that `settles` runs alone, and what had been recorded by
    `now` is what it finds, then and for ever: see `fugong.core.horizon`, also for what both raise.
    """
    with acting_for(actor.authority_id), transaction.atomic():
        (horizon.settle if settles else horizon.join)(actor.authority_id, now=now)
        running = Operation(name=name, actor=actor, now=now)
        yield running
        if not running._rows:
            raise NoAuditRow(name)
