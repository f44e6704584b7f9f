"""When others answer for an enterprise than before: what is owed on site goes to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.duties.operations import withdraw
from fugong.duties.queries import list_open_of
from fugong.resumption.choices import DutyKind
from fugong.resumption.models import Application, Condition
from fugong.resumption.operations import owing
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.queries.terms import terms_of


def owe_visit_anew(enterprise_id: UUID, authority_id: UUID, *, now: datetime) -> None:
    """The visit, and the look at a condition, is owed by those who answer now, by the same deadline, and
    calls whom it called before.

    Locks the application: one under review, or one accepted on a commitment whose visit is still to come.
    Does nothing where no visit is owed. Safe to run twice.
    """
    actor = system_actor(authority_id, "clock")
    with operation("resumption.owe_visit_anew", actor=actor, now=now) as op:
        op.audit(None, {"enterprise": enterprise_id})
        ids = Application.objects.filter(enterprise_id=enterprise_id).values_list("id", flat=True)
        for application_id in sorted(list_open_of(ids, kind=DutyKind.VISIT)):
            _owe_anew(application_id, actor=actor, op=op)
        conditions = dict(Condition.objects.filter(application__in=ids).values_list("id", "application_id"))
        for condition_id in sorted(list_open_of(conditions, kind=DutyKind.CONFIRM_CONDITION)):
            _confirm_anew(condition_id, conditions[condition_id], actor=actor, op=op)


def _owe_anew(application_id: UUID, *, actor: Actor, op: Operation) -> None:
    application = lock_application(application_id, actor=actor)
    # Asked again behind the lock: somebody may have been there meanwhile.
    duty = list_open_of([application_id], kind=DutyKind.VISIT).get(application_id)
    if duty is None:
        return
    terms = terms_of(application, today=local_date(op.now))
    withdraw(kind=DutyKind.VISIT, subject_id=application_id, at=op.now, op=op)
    owing.owe_visit(application, terms, due_at=duty.due_at, op=op)
    op.audit(application, {"due_at": duty.due_at})


def _confirm_anew(condition_id: UUID, application_id: UUID, *, actor: Actor, op: Operation) -> None:
    application = lock_application(application_id, actor=actor)
    duty = list_open_of([condition_id], kind=DutyKind.CONFIRM_CONDITION).get(condition_id)
    if duty is None:
        return
    condition = Condition.objects.get(id=condition_id)
    condition.application = application
    terms = terms_of(application, today=local_date(op.now))
    withdraw(kind=DutyKind.CONFIRM_CONDITION, subject_id=condition_id, at=op.now, op=op)
    owing.owe_confirmation(condition, terms, due_at=duty.due_at, op=op)
    op.audit(application, {"condition": condition.text, "due_at": duty.due_at})
