"""Stopping an enterprise and letting it work again: a reason from the closed list, evidence, a second person,
an end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import end_of, local_date
from fugong.core.decisions import Reason, Text
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.duties.operations import settle
from fugong.enterprises.choices import StandingState
from fugong.enterprises.operations import record_standing
from fugong.enterprises.queries import get_enterprise
from fugong.playbooks.queries import get_in_force
from fugong.resumption import facts
from fugong.resumption.choices import (
    CertificateState,
    DutyKind,
    EventKind,
    SuspensionMove,
    SuspensionReason,
    SuspensionState,
)
from fugong.resumption.models import Application, Suspension
from fugong.resumption.operations import certificates, closing, owing
from fugong.resumption.operations.deciding import decide_on_suspension, note_reason
from fugong.resumption.operations.ending import end
from fugong.resumption.operations.locking import lock_suspension
from fugong.resumption.permissions import (
    check_may_lift_suspension,
    check_may_propose_suspension,
    check_may_settle_suspension,
)
from fugong.resumption.rules.suspending import check_not_over, check_proposal
from fugong.resumption.rules.transitions import next_suspension_state


@dataclass(frozen=True, slots=True)
class SuspensionData:
    """`ends_on` is the last day of the suspension; without a new decision the enterprise works again after
    it.
    """

    enterprise_id: UUID
    reason: SuspensionReason
    evidence: str
    ends_on: date


def propose_suspension(data: SuspensionData, *, actor: Actor, now: datetime) -> Suspension:
    """Nothing stops yet: a second person has to confirm. Raises `Conflict` unless the enterprise works."""
    with operation("resumption.propose_suspension", actor=actor, now=now) as op:
        enterprise = get_enterprise(actor, data.enterprise_id)
        check_may_propose_suspension(actor, enterprise_id=enterprise.id, area_id=enterprise.area_id)
        check_proposal(data.evidence, data.ends_on, today=local_date(now))
        _check_works(StandingState(enterprise.standing.state))
        assert actor.user_id is not None
        suspension = Suspension(
            authority_id=actor.authority_id,
            enterprise=enterprise,
            reason=data.reason,
            evidence=data.evidence.strip(),
            proposed_at=now,
            proposed_by_id=actor.user_id,
            proposed_by_name=actor.name,
            ends_at=end_of(data.ends_on),
            recorded_at=now,
        )
        _insert(suspension)
        owing.owe_second_person(suspension, op=op)
        op.audit(suspension, {"reason": data.reason.value, "ends_on": data.ends_on}, note=suspension.evidence)
        return suspension


def confirm_suspension(
    suspension_id: UUID, *, actor: Actor, now: datetime, note: str = "", version: int | None = None
) -> Suspension:
    """The second person: from now on the enterprise is suspended and its certificate says so.

    Locks the suspension, then the enterprise. Raises `NotPermitted` for the one who proposed it, `Conflict`
    when its last day is over.
    """
    with operation("resumption.confirm_suspension", actor=actor, now=now) as op:
        suspension = lock_suspension(suspension_id, actor=actor, version=version)
        check_may_settle_suspension(actor, suspension)
        state = next_suspension_state(suspension.state, SuspensionMove.CONFIRM)
        check_not_over(suspension.ends_at, now=now)
        suspension.decision_id = _decided(suspension, state, note=note, op=op)
        _settle(suspension, state, note=note, op=op)
        record_standing(
            suspension.enterprise_id,
            state=StandingState.SUSPENDED,
            at=now,
            decision_id=suspension.decision_id,
            op=op,
        )
        living = certificates.living(suspension.enterprise_id)
        if living is not None:
            certificates.change_state(living, CertificateState.SUSPENDED, op=op, reason=suspension.reason)
        owing.withdraw_reports(suspension.enterprise_id, op=op)
        op.fact(facts.SUSPENDED, _payload(suspension))
        return suspension


def decline_suspension(
    suspension_id: UUID, *, actor: Actor, now: datetime, note: str, version: int | None = None
) -> Suspension:
    """The second person does not agree: nothing happens to the enterprise."""
    with operation("resumption.decline_suspension", actor=actor, now=now) as op:
        suspension = lock_suspension(suspension_id, actor=actor, version=version)
        check_may_settle_suspension(actor, suspension)
        state = next_suspension_state(suspension.state, SuspensionMove.DECLINE)
        suspension.decision_id = _decided(suspension, state, note=note, op=op)
        _settle(suspension, state, note=note, op=op)
        return suspension


def lift_suspension(
    suspension_id: UUID, *, actor: Actor, now: datetime, note: str, version: int | None = None
) -> Suspension:
    """The enterprise works again before the end of its suspension, and its certificate is valid again.

    Locks its application to re-open, which is closed, then the suspension, then the enterprise.
    """
    with operation("resumption.lift_suspension", actor=actor, now=now) as op:
        reopening = closing.lock_reopening(suspension_id)
        suspension = lock_suspension(suspension_id, actor=actor, version=version)
        check_may_lift_suspension(actor, suspension)
        _let_work(suspension, SuspensionMove.LIFT, reopening, note=note, op=op)
        return suspension


def lapse_suspensions(authority_id: UUID, *, now: datetime) -> int:
    """Ends every suspension whose last day is over. Each in its own transaction; safe to run twice.

    That of an enterprise which has left waits until it is back.
    """
    actor = system_actor(authority_id, "clock")
    with acting_for(authority_id):
        in_force = Suspension.objects.filter(state=SuspensionState.IN_FORCE, enterprise__left_on=None)
        due = in_force.filter(ends_at__lte=now)
        ids = list(due.order_by("ends_at", "id").values_list("id", flat=True))
    return sum(_lapse(suspension_id, actor=actor, now=now) for suspension_id in ids)


def _lapse(suspension_id: UUID, *, actor: Actor, now: datetime) -> bool:
    try:
        with operation("resumption.lapse_suspension", actor=actor, now=now) as op:
            reopening = closing.lock_reopening(suspension_id)
            suspension = lock_suspension(suspension_id, actor=actor)
            _let_work(suspension, SuspensionMove.LAPSE, reopening, note="", op=op)
    except Conflict:
        return False
    return True


def _let_work(
    suspension: Suspension,
    move: SuspensionMove,
    reopening: Application | None,
    *,
    note: str,
    op: Operation,
) -> None:
    next_suspension_state(suspension.state, move)
    decision_id = _decided(suspension, move.value, note=note, op=op)
    end(suspension, move, note=note, op=op)
    record_standing(
        suspension.enterprise_id, state=StandingState.RESUMED, at=op.now, decision_id=decision_id, op=op
    )
    living = certificates.living(suspension.enterprise_id)
    if living is not None and living.state == CertificateState.SUSPENDED:
        certificates.change_state(living, CertificateState.VALID, op=op, note=note.strip())
    if reopening is not None:
        closing.close(reopening, EventKind.MOOT, op=op)


def _check_works(standing: StandingState) -> None:
    if standing is not StandingState.RESUMED:
        raise Conflict(
            _("Only an enterprise that works can be suspended; this one stands at “%(standing)s”.")
            % {"standing": standing.label},
            code="not_resumed",
        )


def _insert(suspension: Suspension) -> None:
    try:
        with transaction.atomic():
            suspension.save(force_insert=True)
    except IntegrityError as error:
        if "suspension_one_open" not in str(error):
            raise
        raise Conflict(
            _("A suspension of this enterprise is open already."), code="suspension_open"
        ) from None


def _settle(suspension: Suspension, state: SuspensionState, *, note: str, op: Operation) -> None:
    before = suspension.state
    suspension.state = state
    suspension.settled_at, suspension.settled_by_id = op.now, op.actor.user_id
    suspension.settled_by_name, suspension.settled_note = op.actor.name, note.strip()
    suspension.version += 1
    suspension.save()
    settle(kind=DutyKind.SECOND_PERSON, subject_id=suspension.id, at=op.now, op=op)
    op.audit(suspension, {"state": [before, state.value]}, note=note.strip())


def _decided(suspension: Suspension, outcome: str, *, note: str, op: Operation) -> UUID:
    playbook = get_in_force(local_date(op.now)).playbook
    reasons = [
        Reason(
            f"suspension.{suspension.reason}",
            "",
            Text.message(_REASON_TEXTS[SuspensionReason(suspension.reason)]),
            satisfied=outcome == SuspensionState.IN_FORCE,
        ),
        Reason(
            "suspension.evidence",
            "",
            Text.written(suspension.evidence),
            satisfied=outcome == SuspensionState.IN_FORCE,
        ),
    ]
    if note.strip():
        reasons.append(note_reason("suspension.note", note.strip(), satisfied=True))
    return decide_on_suspension(
        suspension, str(outcome), reasons=reasons, terms=(playbook.id, playbook.version), op=op
    )


_REASON_TEXTS = {
    SuspensionReason.INFECTION: gettext_noop("Infection among people on site"),
    SuspensionReason.STANDARD_NOT_KEPT: gettext_noop("A required standard is no longer kept"),
    SuspensionReason.WORK_SAFETY: gettext_noop("Danger to work safety"),
    SuspensionReason.CONDITION_NOT_KEPT: gettext_noop("A condition of the approval is not kept"),
    SuspensionReason.FALSE_STATEMENT: gettext_noop("A statement in the application was false"),
    SuspensionReason.ORDER_FROM_ABOVE: gettext_noop("Order of a higher authority"),
}


def _payload(suspension: Suspension) -> dict[str, object]:
    return {
        "enterprise": str(suspension.enterprise_id),
        "suspension": str(suspension.id),
        "reason": suspension.reason,
        "ends_at": suspension.ends_at.isoformat(),
    }
