"""The enterprise writes its application: the plan, the answers, the letter. Only while it lies with the
enterprise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import get_enterprise
from fugong.resumption.choices import AnswerValue, EventKind, Move, Purpose
from fugong.resumption.models import Answer, Application, Letter
from fugong.resumption.operations import events
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.operations.numbers import next_number
from fugong.resumption.permissions import check_may_apply
from fugong.resumption.queries.certificates import list_renewable
from fugong.resumption.queries.checklist import promises_digest
from fugong.resumption.queries.terms import letter_text, terms_of, wanted_by
from fugong.resumption.rules.planning import check_present, check_purpose
from fugong.resumption.rules.signatures import Signature
from fugong.resumption.rules.transitions import next_state


@dataclass(frozen=True, slots=True)
class DraftData:
    """`planned_on` and `planned_staff` may still be open in a draft."""

    enterprise_id: UUID
    purpose: Purpose = Purpose.RESUME
    planned_on: date | None = None
    planned_staff: int | None = None


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """`item` is empty for a standard whose items the source does not list."""

    standard: str
    item: str
    value: AnswerValue
    note: str = ""


def open_draft(data: DraftData, *, actor: Actor, now: datetime) -> Application:
    """Raises `Conflict` when the enterprise has an open application, has left, or stands at something else
    than it asks for.
    """
    with operation("resumption.open_draft", actor=actor, now=now) as op:
        check_may_apply(actor, data.enterprise_id)
        enterprise = get_enterprise(actor, data.enterprise_id)
        check_present(enterprise.left_on)
        renews = enterprise.id in list_renewable([enterprise.id], today=local_date(now))
        check_purpose(data.purpose, StandingState(enterprise.standing.state), renews=renews)
        application = Application(
            authority_id=actor.authority_id,
            enterprise=enterprise,
            purpose=data.purpose,
            planned_on=data.planned_on,
            planned_staff=data.planned_staff,
            opened_at=now,
            recorded_at=now,
        )
        _insert(application, op)
        events.record(application, events.Happening(EventKind.OPENED), op=op)
        op.audit(application, {"number": application.number, "purpose": data.purpose.value})
        return application


def change_plan(
    application_id: UUID, *, planned_on: date | None, planned_staff: int | None, actor: Actor, now: datetime
) -> Application:
    """Keeps what is said so far; whether it can be right is looked at when the application is submitted."""
    with operation("resumption.change_plan", actor=actor, now=now) as op:
        application = _lock_editable(application_id, actor)
        before = (application.planned_on, application.planned_staff)
        application.planned_on, application.planned_staff = planned_on, planned_staff
        application.save(update_fields=["planned_on", "planned_staff"])
        op.audit(application, {"plan": [before, (planned_on, planned_staff)]})
        return application


def answer_item(application_id: UUID, answer: ItemAnswer, *, actor: Actor, now: datetime) -> Answer:
    """One answer to one item; a later one takes its place. Raises `Invalid` for an item nobody asked for."""
    with operation("resumption.answer_item", actor=actor, now=now) as op:
        application = _lock_editable(application_id, actor)
        wanted = wanted_by(terms_of(application, today=local_date(now)))
        if (answer.standard, answer.item) not in {(item.standard, item.item) for item in wanted.items}:
            raise Invalid(_("The playbook asks for no such item."), code="item_not_asked")
        where = {"application": application, "standard": answer.standard, "item": answer.item}
        before = Answer.objects.filter(**where).values_list("value", "note").first()
        row, _created = Answer.objects.update_or_create(
            **where,
            defaults={
                "value": answer.value,
                "note": answer.note.strip(),
                "at": now,
                "by_id": actor.user_id,
                "recorded_at": now,
            },
            create_defaults={
                "authority_id": actor.authority_id,
                "value": answer.value,
                "note": answer.note.strip(),
                "at": now,
                "by_id": actor.user_id,
                "recorded_at": now,
            },
        )
        after = [answer.value.value, answer.note.strip()]
        op.audit(application, {f"{answer.standard}/{answer.item}": [list(before) if before else None, after]})
        return row


def sign_letter(
    application_id: UUID, *, key: str, signature: Signature, actor: Actor, now: datetime
) -> Letter:
    """Keeps the letter's very text with the signature. Signing again adds a row; the newest counts."""
    with operation("resumption.sign_letter", actor=actor, now=now) as op:
        application = _lock_editable(application_id, actor)
        terms = terms_of(application, today=local_date(now))
        letters = {letter.id: letter for letter in terms.playbook.letters_for(terms.facts, terms.on)}
        if key not in letters:
            raise Invalid(_("The playbook asks for no such letter."), code="letter_not_asked")
        row = Letter.objects.create(
            authority_id=actor.authority_id,
            application=application,
            key=key,
            text=letter_text(letters[key]),
            sha256=promises_digest(letters[key]),
            signature_kind=signature.kind,
            signed_name=signature.name,
            signature_png=signature.png or None,
            signed_at=now,
            by_id=actor.user_id,
            recorded_at=now,
        )
        op.audit(application, {"letter": key, "sha256": row.sha256})
        return row


def _lock_editable(application_id: UUID, actor: Actor) -> Application:
    application = lock_application(application_id, actor=actor)
    check_may_apply(actor, application.enterprise_id)
    next_state(application.state, Move.SUBMIT)
    return application


def _insert(application: Application, op: Operation) -> None:
    """The partial unique index decides between two drafts at once."""
    try:
        with transaction.atomic():
            application.number = next_number("A", op)
            application.save(force_insert=True)
    except IntegrityError as error:
        if "application_one_open" not in str(error):
            raise
        raise Conflict(
            _("The enterprise has an open application already."), code="application_open"
        ) from None
