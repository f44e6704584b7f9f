"""A missed duty is told to the next level, once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import Operation, operation
from fugong.core.tenancy import acting_for
from fugong.duties.facts import DUTY_ESCALATED
from fugong.duties.models import Duty
from fugong.duties.rules import must_escalate

BATCH = 200


def escalate_due(authority_id: UUID, *, now: datetime) -> int:
    """Escalates every missed duty that has a next level; returns how many. Safe to run twice, or at once.

    Each batch is its own transaction, so that a killed run keeps what it did.
    """
    actor = system_actor(authority_id, "duties")
    total = 0
    while True:
        escalated = _escalate_batch(actor, now)
        total += escalated
        if escalated < BATCH:
            return total


def _escalate_batch(actor: Actor, now: datetime) -> int:
    with acting_for(actor.authority_id), transaction.atomic():
        missed = _lock_missed(now)
        if not missed:
            return 0
        with operation("duties.escalate", actor=actor, now=now) as op:
            for duty in missed:
                _escalate(duty, op)
        return len(missed)


def _lock_missed(now: datetime) -> list[Duty]:
    """Rows another run holds are skipped: it is escalating them."""
    rows = Duty.objects.missed(now).filter(escalated_at__isnull=True).exclude(escalate_to="")
    return list(rows.nearest_first().select_for_update(of=("self",), skip_locked=True)[:BATCH])


def _escalate(duty: Duty, op: Operation) -> None:
    escalated = duty.escalated_at is not None
    assert must_escalate(duty.due_at, escalate_to=duty.escalate_to, escalated=escalated, now=op.now)
    Duty.objects.filter(id=duty.id).update(escalated_at=op.now)
    op.audit(duty, {"escalated_at": op.now.isoformat(), "escalate_to": duty.escalate_to})
    op.fact(
        DUTY_ESCALATED,
        {
            "duty": str(duty.id),
            "kind": duty.kind,
            "subject": str(duty.subject_id),
            "escalate_to": duty.escalate_to,
        },
    )
