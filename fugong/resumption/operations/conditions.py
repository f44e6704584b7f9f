"""Conditions of an approval, and that they are kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, NotFound
from fugong.duties.operations import settle
from fugong.resumption.choices import DutyKind
from fugong.resumption.models import Condition
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.permissions import check_may_confirm_condition


def confirm_condition(
    application_id: UUID, condition_id: UUID, *, actor: Actor, now: datetime, note: str = ""
) -> Condition:
    """Who looks after the enterprise says that the condition is fulfilled; the enterprise cannot say so
    itself.
    """
    with operation("resumption.confirm_condition", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor)
        check_may_confirm_condition(actor, application)
        condition = Condition.objects.filter(application=application, id=condition_id).first()
        if condition is None:
            raise NotFound
        if condition.fulfilled_at is not None:
            raise Conflict(_("This condition is fulfilled already."), code="fulfilled")
        condition.fulfilled_at, condition.fulfilled_by_id = now, actor.user_id
        condition.fulfilled_by_name, condition.fulfilled_note = actor.name, note.strip()
        condition.save(update_fields=["fulfilled_at", "fulfilled_by", "fulfilled_by_name", "fulfilled_note"])
        settle(kind=DutyKind.CONDITION, subject_id=condition.id, at=now, op=op)
        op.audit(application, {"condition": condition.text, "fulfilled": True}, note=note.strip())
        return condition
