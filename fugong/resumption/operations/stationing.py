"""When others answer for an enterprise than before: the visit that is owed goes to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import system_actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.duties.operations import withdraw
from fugong.resumption.choices import ApplicationState, DutyKind
from fugong.resumption.models import Application
from fugong.resumption.operations import owing
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.queries.terms import terms_of
from fugong.resumption.queries.visits import needs_visit


def owe_visit_anew(enterprise_id: UUID, authority_id: UUID, *, now: datetime) -> None:
    """The open application's visit is owed by those who answer now, by the same deadline. Safe to run twice.

    Locks the application. Does nothing where no visit is owed.
    """
    actor = system_actor(authority_id, "clock")
    with operation("resumption.owe_visit_anew", actor=actor, now=now) as op:
        found = Application.objects.filter(
            enterprise_id=enterprise_id, state=ApplicationState.SUBMITTED, due_at__isnull=False
        ).first()
        op.audit(found, {"enterprise": enterprise_id})
        if found is None:
            return
        application = lock_application(found.id, actor=actor)
        if needs_visit(application, terms_of(application, today=local_date(now))):
            assert application.due_at is not None
            withdraw(kind=DutyKind.VISIT, subject_id=application.id, at=now, op=op)
            owing.owe_visit(application, due_at=application.due_at, op=op)
