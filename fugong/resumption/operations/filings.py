"""Filings: accepted unless somebody objects within the clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.playbooks.choices import RouteMode
from fugong.resumption.choices import Move
from fugong.resumption.models import Application
from fugong.resumption.operations import outcomes
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.queries.terms import terms_of
from fugong.resumption.rules.transitions import next_state


def accept_unobjected(authority_id: UUID, *, now: datetime) -> int:
    """Accepts every filing whose clock has run out without an objection. Safe to run twice;
    returns how many.
    """
    actor = system_actor(authority_id, "clock")
    with acting_for(authority_id):
        due = Application.objects.under_review().filter(due_at__lte=now).oldest_first()
        ids = [row.id for row in due if terms_of(row, today=local_date(now)).mode is RouteMode.FILING]
    return sum(_accept(application_id, actor=actor, now=now) for application_id in ids)


def _accept(application_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """False when somebody objected, or it was withdrawn, between the list and the lock."""
    try:
        with operation("resumption.accept_unobjected", actor=actor, now=now) as op:
            application = lock_application(application_id, actor=actor)
            next_state(application.state, Move.APPROVE)
            outcomes.accept_unobjected(application, terms_of(application, today=local_date(now)), op=op)
            op.audit(application, {"due_at": application.due_at})
    except Conflict:
        return False
    return True
