"""The person says that the level is wrong, and somebody who had no part in it looks again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.clearance import facts
from fugong.clearance.choices import (
    ANSWER,
    APPEAL,
    APPEAL_DECISION,
    APPEAL_DUTY,
    DATA_CLASS,
    AppealState,
    HandState,
)
from fugong.clearance.models import Appeal, Clearance, Evidence, HandLevel
from fugong.clearance.operations.by_hand import end, said
from fugong.clearance.operations.evidence import relieve
from fugong.clearance.operations.subjects import Owed, Subject, Terms, owe, subject_of, terms_of
from fugong.clearance.permissions import check_may_at
from fugong.clearance.queries.clearances import WhyLevel
from fugong.clearance.queries.law import law_in_force
from fugong.clearance.rules.due_process import is_impartial
from fugong.core.actor import Actor
from fugong.core.audit.personal import Personal
from fugong.core.decisions import Decision, EvidenceRef, Reason, Text
from fugong.core.decisions.recording import record_decision
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotFound, NotPermitted
from fugong.duties import operations as duties


def appeal(person_id: UUID, text: str, *, actor: Actor, now: datetime) -> Appeal:
    """By the person on its own phone, or by whoever speaks for the enterprise; the clock of the answer runs.

    Raises NotFound, NotPermitted, Invalid without a word, Conflict where nothing restricts the person or an
    appeal waits for its answer already.
    """
    with operation("clearance.appeal", actor=actor, now=now) as op:
        person = subject_of(person_id, actor)
        by_person = actor.person_id == person.id
        if not by_person:
            check_may_at(actor, APPEAL, person.enterprise)
        terms = terms_of(law_in_force(now))
        standing = _restricted(person, now)
        row = _kept(person, standing, said(text, field="text"), by_person, terms, op)
        op.audit(row, {"person": person.id, "level": row.level, "text": Personal(row.text, DATA_CLASS)})
        op.fact(facts.APPEAL_MADE, {"appeal": str(row.id), "person": str(person.id)})
        return row


def answer_appeal(appeal_id: UUID, *, granted: bool, text: str, actor: Actor, now: datetime) -> Appeal:
    """Granted, all that the level stood on when the appeal was made is relieved, and it follows at once.

    Locks the row. Raises NotFound, NotPermitted (`took_part` to whoever put the person there), Conflict when
    it is answered, Invalid without a word.
    """
    with operation("clearance.answer", actor=actor, now=now) as op:
        row = _lock(appeal_id, actor)
        check_may_at(actor, ANSWER, subject_of(row.person_id, actor).enterprise)
        if row.state != AppealState.OPEN:
            raise Conflict(_("The appeal is answered already."), code="answered")
        evidence = _contested(row)
        _check_impartial(actor, evidence)
        row.state = AppealState.GRANTED if granted else AppealState.DISMISSED
        row.answer, row.answered_at = said(text, field="text"), now
        row.answered_by_id, row.answered_by_name = actor.user_id, actor.name
        row.save()
        _record(row, op)
        if granted:
            _lift(evidence, row, op)
        duties.settle(kind=APPEAL_DUTY, subject_id=row.id, at=now, op=op)
        op.fact(
            facts.APPEAL_ANSWERED, {"appeal": str(row.id), "person": str(row.person_id), "granted": granted}
        )
        return row


def address_of(row: Appeal) -> str:
    return f"/clearance/appeals/{row.id}/"


def _restricted(person: Subject, now: datetime) -> Clearance:
    """Somebody whose record is merely incomplete completes it: there is nothing to be judged."""
    row = Clearance.objects.filter(person_id=person.id).select_for_update(of=("self",)).first()
    if row is None or not row.holds(now) or not _standing_on(row.reasons):
        raise Conflict(
            _("Nothing was put on record against this person; the level says what is missing."),
            code="nothing_to_appeal",
        )
    return row


def _standing_on(reasons: list[Mapping[str, Any]]) -> list[UUID]:
    """The evidence that restricts."""
    grounds = map(WhyLevel.from_json, reasons)
    return [UUID(ground.evidence) for ground in grounds if ground.restricts and ground.evidence]


def _kept(
    person: Subject, standing: Clearance, text: str, by_person: bool, terms: Terms, op: Operation
) -> Appeal:
    row = Appeal(
        authority_id=op.actor.authority_id,
        person_id=person.id,
        level=standing.level,
        reasons=standing.reasons,
        text=text,
        state=AppealState.OPEN,
        playbook_version_id=terms.in_force.version_id,
        by_person=by_person,
        made_by_name=op.actor.name,
        made_at=op.now,
        due_at=op.now,
        recorded_at=op.now,
    )
    row.due_at = owe(
        Owed(APPEAL_DUTY, ANSWER, terms.table.appeal, address_of(row)), row.id, person, terms, op
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        sentence = _("An appeal of this person is waiting for its answer.")
        raise Conflict(sentence, code="appealed") from None
    return row


def _lock(appeal_id: UUID, actor: Actor) -> Appeal:
    row = Appeal.objects.visible_to(actor).filter(id=appeal_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound()
    return row


def _contested(row: Appeal) -> list[Evidence]:
    rows = Evidence.objects.filter(id__in=_standing_on(row.reasons), person_id=row.person_id)
    return list(rows.select_for_update(of=("self",)))


def _check_impartial(actor: Actor, evidence: list[Evidence]) -> None:
    hands = HandLevel.objects.filter(id__in=[row.source_id for row in evidence])
    proposers = [*hands.values_list("proposed_by_id", flat=True)]
    involved = [*proposers, *(row.recorded_by for row in evidence)]
    if not is_impartial(actor.user_id, involved):
        raise NotPermitted(
            _("You had a part in this level: somebody else has to answer the appeal."), code="took_part"
        )


def _lift(evidence: list[Evidence], row: Appeal, op: Operation) -> None:
    hands = HandLevel.objects.filter(
        id__in=[each.source_id for each in evidence], state=HandState.CONFIRMED
    ).select_for_update(of=("self",))
    for hand in hands:
        end(hand, note=str(row.answer), op=op)
    relieve([each for each in evidence if each.relieved_at is None], at=op.now, op=op)


def _record(row: Appeal, op: Operation) -> None:
    version = law_in_force(op.now).current
    grounds = [WhyLevel.from_json(kept) for kept in row.reasons]
    decision = Decision(
        kind=APPEAL_DECISION,
        outcome=row.state,
        reasons=tuple(
            Reason(
                f"clearance.{each.kind}.{each.key}",
                each.clause,
                Text.written(each.name_zh, each.name_en),
                row.state == AppealState.DISMISSED,
            )
            for each in grounds
            if each.restricts
        ),
        evidence=tuple(
            EvidenceRef(each.kind, each.evidence, each.source) for each in grounds if each.evidence
        ),
        playbook_id=version.playbook.id if version else "",
        playbook_version=version.playbook.version if version else "",
        at=op.now,
    )
    record_decision(decision, subject=row, actor=op.actor)
    op.audit(
        row, {"person": row.person_id, "state": row.state, "answer": Personal(str(row.answer), DATA_CLASS)}
    )
