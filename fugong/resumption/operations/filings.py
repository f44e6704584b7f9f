"""Filings: accepted unless somebody objects within the clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.playbooks.choices import RouteMode
from fugong.resumption.choices import Move
from fugong.resumption.models import Application
from fugong.resumption.operations import outcomes, rounds
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.queries.terms import terms_of
from fugong.resumption.queries.visits import newest_visit
from fugong.resumption.rules.steps import Verdict, objection
from fugong.resumption.rules.transitions import next_state


def accept_unobjected(authority_id: UUID, *, now: datetime) -> int:
    """Accepts every filing whose clock has run out without an objection; returns how many. Safe to run twice.

    What one reviewer objected to goes back or is refused, though others have not spoken. One whose newest
    visit was not passed waits for a person.
    """
    actor = system_actor(authority_id, "clock")
    with acting_for(authority_id):
        due = Application.objects.under_review().filter(due_at__lte=now).oldest_first()
        ids = [row.id for row in due if terms_of(row, today=local_date(now)).mode is RouteMode.FILING]
    return sum(_run_out(application_id, actor=actor, now=now) for application_id in ids)


def _run_out(application_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """Whether it was accepted. It was decided or withdrawn by somebody else where there is a conflict."""
    try:
        with acting_for(actor.authority_id), transaction.atomic():
            application = lock_application(application_id, actor=actor)
            next_state(application.state, Move.APPROVE)
            # Only what was seen under the lock counts: an objection may have come since the list was made.
            against = objection(rounds.views(rounds.steps_of_round(application)))
            if against is not None:
                _close_objected(application, against, actor=actor, now=now)
                return False
            visit = newest_visit(application)
            if visit is not None and not visit.passed:
                return False
            _accept(application, actor=actor, now=now)
    except Conflict:
        return False
    return True


def _accept(application: Application, *, actor: Actor, now: datetime) -> None:
    with operation("resumption.accept_unobjected", actor=actor, now=now) as op:
        outcomes.accept_unobjected(application, terms_of(application, today=local_date(now)), op=op)
        op.audit(application, {"due_at": application.due_at})


def _close_objected(application: Application, against: Verdict, *, actor: Actor, now: datetime) -> None:
    """Whoever has not spoken by now is not waited for."""
    end = {Verdict.RETURN: outcomes.return_for_correction, Verdict.REFUSE: outcomes.refuse}[against]
    with operation("resumption.close_objected", actor=actor, now=now) as op:
        end(application, terms_of(application, today=local_date(now)), op=op)
        op.audit(application, {"due_at": application.due_at, "verdict": against.value})
