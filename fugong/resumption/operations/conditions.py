"""Conditions of an approval: the enterprise says that it keeps one, somebody else has looked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.duties.operations import settle
from fugong.resumption.choices import DutyKind
from fugong.resumption.models import Application, Condition
from fugong.resumption.operations import owing
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.permissions import check_may_apply, check_may_confirm_condition
from fugong.resumption.queries.terms import terms_of

NOTE_MOST = 500


def report_condition(
    application_id: UUID, condition_id: UUID, *, note: str, actor: Actor, now: datetime
) -> Condition:
    """The enterprise says that it keeps the condition, and how. To confirm it is then owed by who may.

    Locks the application. Raises `Conflict` when it is confirmed, or waits for that already; `Invalid`
    without a word on how.
    """
    with operation("resumption.report_condition", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor)
        check_may_apply(actor, application.enterprise_id)
        condition = _unfulfilled(application, condition_id)
        if condition.done_at is not None:
            raise Conflict(_("You have said so already; it waits to be confirmed."), code="reported")
        condition.done_at, condition.done_by_id, condition.done_by_name = now, actor.user_id, actor.name
        condition.done_note, condition.sent_back_note = _said(note), ""
        condition.save(update_fields=[*_DONE, "sent_back_note"])
        settle(kind=DutyKind.CONDITION, subject_id=condition.id, at=now, op=op)
        owing.owe_confirmation(condition, terms_of(application, today=local_date(now)), op=op)
        op.audit(application, {"condition": condition.text, "done": True}, note=condition.done_note)
        return condition


def confirm_condition(
    application_id: UUID, condition_id: UUID, *, actor: Actor, now: datetime, note: str = ""
) -> Condition:
    """Who looks after the enterprise says that the condition is fulfilled; the enterprise cannot say so
    itself. Whether it has reported it or not.
    """
    with operation("resumption.confirm_condition", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor)
        check_may_confirm_condition(actor, application)
        condition = _unfulfilled(application, condition_id)
        condition.fulfilled_at, condition.fulfilled_by_id = now, actor.user_id
        condition.fulfilled_by_name, condition.fulfilled_note = actor.name, note.strip()[:NOTE_MOST]
        condition.save(update_fields=["fulfilled_at", "fulfilled_by", "fulfilled_by_name", "fulfilled_note"])
        for kind in (DutyKind.CONDITION, DutyKind.CONFIRM_CONDITION):
            settle(kind=kind, subject_id=condition.id, at=now, op=op)
        op.audit(application, {"condition": condition.text, "fulfilled": True}, note=note.strip())
        return condition


def send_condition_back(
    application_id: UUID, condition_id: UUID, *, note: str, actor: Actor, now: datetime
) -> Condition:
    """What the enterprise reported is not so: it owes the condition again, by its day or by the route's clock
    from now, whichever is later.

    Locks the application. Raises `Conflict` when the enterprise has reported nothing, or it is confirmed;
    `Invalid` without a word on what is missing.
    """
    with operation("resumption.send_condition_back", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor)
        check_may_confirm_condition(actor, application)
        condition = _unfulfilled(application, condition_id)
        if condition.done_at is None:
            raise Conflict(_("The enterprise has not said yet that it keeps this."), code="not_reported")
        condition.sent_back_note = _said(note)
        condition.done_at, condition.done_by, condition.done_by_name, condition.done_note = None, None, "", ""
        condition.save(update_fields=[*_DONE, "sent_back_note"])
        settle(kind=DutyKind.CONFIRM_CONDITION, subject_id=condition.id, at=now, op=op)
        terms = terms_of(application, today=local_date(now))
        assert terms.route is not None
        due_at = terms.playbook.due_at(now, terms.route)
        if condition.until is not None:
            due_at = max(due_at, end_of(condition.until))
        owing.owe_condition(condition, due_at=due_at, op=op)
        op.audit(application, {"condition": condition.text, "done": False}, note=condition.sent_back_note)
        return condition


_DONE = ("done_at", "done_by", "done_by_name", "done_note")


def _unfulfilled(application: Application, condition_id: UUID) -> Condition:
    """The application's own lock guards it."""
    condition = Condition.objects.filter(application=application, id=condition_id).first()
    if condition is None:
        raise NotFound
    if condition.fulfilled_at is not None:
        raise Conflict(_("This condition is fulfilled already."), code="fulfilled")
    condition.application = application
    return condition


def _said(note: str) -> str:
    said = note.strip()[:NOTE_MOST]
    if not said:
        sentence = _("Say it in a sentence.")
        raise Invalid(sentence, code="nothing_said", fields={"note": sentence})
    return said
