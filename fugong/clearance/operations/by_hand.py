"""A restrictive level by hand: proposed by one, decided by another, ended by whoever shows it wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.clearance.choices import (
    BY_HAND,
    CONFIRM,
    CONFIRM_DUTY,
    HAND_DECISION,
    HAND_FILE,
    PROPOSE,
    HandState,
)
from fugong.clearance.models import Evidence, HandLevel
from fugong.clearance.operations.computing import recompute
from fugong.clearance.operations.evidence import audited, relieve
from fugong.clearance.operations.subjects import Owed, Subject, Terms, owe, subject_of, terms_of
from fugong.clearance.permissions import check_may_at, may_lift_at
from fugong.clearance.queries.law import law_in_force
from fugong.clearance.rules.due_process import is_admitted_length, is_second_person, may_decide, may_end
from fugong.core.actor import Actor
from fugong.core.audit.personal import Personal
from fugong.core.clock import local_date
from fugong.core.decisions import Decision, EvidenceRef, Reason, Text
from fugong.core.decisions.recording import record_decision
from fugong.core.files import Upload, store
from fugong.core.files.models import StoredFile
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties import operations as duties
from fugong.playbooks.facts import HandReason

TEXT_LENGTH = 2000
SOURCE = "clearance.handlevel"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reason` is an id of the playbook's list; `text` says on what it stands; `days` at most the longest.

    `upload` is the paper itself, where there is one.
    """

    reason: str
    text: str
    days: int
    upload: Upload | None = None


def propose_level(person_id: UUID, proposal: Proposal, *, actor: Actor, now: datetime) -> HandLevel:
    """Nothing holds yet: the duty to confirm or refuse it is opened.

    Raises NotFound, NotPermitted (also to the system: it is no person), Conflict where one is proposed
    already, Invalid with the fields at fault; FileRefused for the file. Of what is refused nothing is kept.
    """
    with operation("clearance.propose", actor=actor, now=now) as op:
        person = subject_of(person_id, actor)
        check_may_at(actor, PROPOSE, person.enterprise)
        terms = terms_of(law_in_force(now))
        reason = _checked(proposal, terms, now)
        row = _kept(person, proposal, reason, terms, op)
        owe(Owed(CONFIRM_DUTY, CONFIRM, terms.table.confirm, address_of(row)), row.id, person, terms, op)
        said_of = {"person": person.id, "reason": row.reason, "level": row.level, "days": row.days}
        op.audit(row, said_of | ({"file": row.file.sha256} if row.file else {}))
        return row


def confirm_level(hand_id: UUID, *, actor: Actor, now: datetime, note: str = "") -> HandLevel:
    """From now on it holds, for as many days as were proposed. Locks the row.

    Raises NotFound, NotPermitted (`same_person` to whoever proposed it), Conflict when it is decided.
    """
    with operation("clearance.confirm", actor=actor, now=now) as op:
        row, person = _lock_to_decide(hand_id, actor)
        _decided(row, HandState.CONFIRMED, note, op)
        row.expires_at = now + timedelta(days=row.days)
        row.save()
        evidence = _put_on_record(row, op)
        _record(row, evidence, op)
        audited(recompute([person.id], op=op), op)
        return row


def refuse_level(hand_id: UUID, *, note: str, actor: Actor, now: datetime) -> HandLevel:
    """It never held. Locks the row. Raises as `confirm_level`, and Invalid without a word on why."""
    with operation("clearance.refuse", actor=actor, now=now) as op:
        row, _person = _lock_to_decide(hand_id, actor)
        _decided(row, HandState.REFUSED, said(note, field="note"), op)
        row.save()
        _record(row, None, op)
        return row


def end_level(hand_id: UUID, *, note: str, actor: Actor, now: datetime) -> HandLevel:
    """Whoever has a part in levels there and can show that it is wrong ends it, alone and at once.

    Locks the row. Raises NotFound, NotPermitted, Conflict when it does not hold, Invalid without the word.
    """
    with operation("clearance.end", actor=actor, now=now) as op:
        row = _lock(hand_id, actor)
        if not may_lift_at(actor, subject_of(row.person_id, actor).enterprise):
            raise NotPermitted()
        if not may_end(HandState(row.state)) or _is_over(row, now):
            raise Conflict(_("It does not hold any more."), code="not_holding")
        end(row, note=said(note, field="note"), op=op)
        return row


def end(row: HandLevel, *, note: str, op: Operation) -> None:
    """For operations that hold the row's lock."""
    row.state, row.note = HandState.ENDED, note
    row.ended_at, row.ended_by_name = op.now, op.actor.name
    row.save()
    op.audit(row, {"state": row.state, "note": Personal(note, "clearance")})
    relieve(list(Evidence.objects.filter(source_id=row.id, relieved_at=None)), at=op.now, op=op)


def said(text: str, *, field: str) -> str:
    """Raises Invalid when nothing was said."""
    words = text.strip()[:TEXT_LENGTH]
    if not words:
        sentence = _("Say it in a sentence.")
        raise Invalid(sentence, code="nothing_said", fields={field: sentence})
    return words


def address_of(row: HandLevel) -> str:
    return f"/clearance/by-hand/{row.id}/"


def _checked(proposal: Proposal, terms: Terms, now: datetime) -> HandReason:
    reason = terms.table.reasons.get(proposal.reason)
    if reason is None or not reason.is_within(local_date(now)):
        sentence = _("Choose a reason from the list.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    said(proposal.text, field="text")
    if not is_admitted_length(proposal.days, longest=reason.longest_days):
        limit = _("For this reason at least one day and at most %(days)s.") % {"days": reason.longest_days}
        raise Invalid(limit, code="too_long", fields={"days": limit})
    return reason


def _kept(person: Subject, proposal: Proposal, reason: HandReason, terms: Terms, op: Operation) -> HandLevel:
    if op.actor.user_id is None:
        raise NotPermitted()
    # Before a file lies on the disk; of two at the same moment the constraint refuses one.
    if HandLevel.objects.filter(person_id=person.id, state=HandState.PROPOSED).exists():
        raise _is_proposed()
    row = HandLevel(
        authority_id=op.actor.authority_id,
        person_id=person.id,
        reason=proposal.reason,
        reason_zh=reason.name.zh,
        reason_en=reason.name.en,
        level=reason.level,
        days=proposal.days,
        text=said(proposal.text, field="text"),
        file=_attached(proposal, op),
        state=HandState.PROPOSED,
        playbook_version_id=terms.in_force.version_id,
        proposed_by_id=op.actor.user_id,
        proposed_by_name=op.actor.name,
        proposed_at=op.now,
        recorded_at=op.now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise _is_proposed() from None
    return row


def _is_proposed() -> Conflict:
    return Conflict(_("A level is already proposed for this person."), code="proposed")


def _attached(proposal: Proposal, op: Operation) -> StoredFile | None:
    if proposal.upload is None:
        return None
    return store(proposal.upload, purpose=HAND_FILE, actor=op.actor, now=op.now)


def _lock(hand_id: UUID, actor: Actor) -> HandLevel:
    row = HandLevel.objects.visible_to(actor).filter(id=hand_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound()
    return row


def _lock_to_decide(hand_id: UUID, actor: Actor) -> tuple[HandLevel, Subject]:
    row = _lock(hand_id, actor)
    person = subject_of(row.person_id, actor)
    check_may_at(actor, CONFIRM, person.enterprise)
    if not may_decide(HandState(row.state)):
        raise Conflict(_("This is decided already."), code="decided")
    if not is_second_person(row.proposed_by_id, actor.user_id):
        raise NotPermitted(
            _("You proposed it yourself: somebody else has to confirm or refuse it."), code="same_person"
        )
    return row, person


def _decided(row: HandLevel, state: HandState, note: str, op: Operation) -> None:
    row.state, row.note = state, note.strip()[:TEXT_LENGTH]
    row.decided_by_id, row.decided_by_name, row.decided_at = op.actor.user_id, op.actor.name, op.now
    duties.settle(kind=CONFIRM_DUTY, subject_id=row.id, at=op.now, op=op)


def _put_on_record(row: HandLevel, op: Operation) -> Evidence:
    return Evidence.objects.create(
        authority_id=row.authority_id,
        person_id=row.person_id,
        kind=BY_HAND,
        since=op.now,
        until=row.expires_at,
        level=row.level,
        reason=row.reason,
        source_kind=SOURCE,
        source_id=row.id,
        source_label=row.reason_zh,
        source_url=address_of(row),
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        recorded_by_name=op.actor.name,
    )


def _record(row: HandLevel, evidence: Evidence | None, op: Operation) -> None:
    """The decision of the second person, and its row in the trail."""
    version = law_in_force(op.now).current
    decision = Decision(
        kind=HAND_DECISION,
        outcome=row.state,
        reasons=(
            Reason(
                f"clearance.reasons.{row.reason}",
                "",
                Text.written(row.reason_zh, row.reason_en),
                evidence is not None,
            ),
        ),
        evidence=(EvidenceRef(SOURCE, str(row.id), row.proposed_by_name),),
        playbook_id=version.playbook.id if version else "",
        playbook_version=version.playbook.version if version else "",
        at=op.now,
    )
    record_decision(decision, subject=row, actor=op.actor)
    op.audit(row, {"person": row.person_id, "state": row.state, "expires_at": row.expires_at})


def _is_over(row: HandLevel, now: datetime) -> bool:
    return row.expires_at is not None and row.expires_at <= now
