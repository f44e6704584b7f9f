"""An open application ends without a decision: taken back, or there is nothing left to apply for."""

from __future__ import annotations

from uuid import UUID

from fugong.core.operation import Operation
from fugong.resumption import facts
from fugong.resumption.choices import EventKind, Move, Purpose
from fugong.resumption.models import Application, Suspension
from fugong.resumption.models.applications import ApplicationQuerySet
from fugong.resumption.operations import events, owing, rounds
from fugong.resumption.rules.transitions import next_state


def lock_open(enterprise_id: UUID) -> Application | None:
    """The open application of an enterprise, whoever may see it."""
    return _open_locked().filter(enterprise_id=enterprise_id).first()


def lock_reopening(suspension_id: UUID) -> Application | None:
    """The open application that asks to end this suspension.

    To be locked before the suspension, as an approval does: the other way round the two would wait for each
    other.
    """
    suspended = Suspension.objects.filter(id=suspension_id).values("enterprise_id")
    return _open_locked().filter(purpose=Purpose.REOPEN, enterprise_id__in=suspended).first()


def close(application: Application, kind: EventKind, *, op: Operation, note: str = "") -> None:
    """`kind` says on the timeline why. Nobody owes an opinion or a visit any more; the enterprise may apply
    anew. The caller holds the lock.
    """
    to_state = next_state(application.state, Move.WITHDRAW)
    rounds.close_open(rounds.steps_of_round(application), op=op)
    events.record(application, events.Happening(kind, to_state, note=note.strip()), op=op)
    owing.close(application, op=op)
    op.audit(application, {"state": to_state.value}, note=note.strip())
    op.fact(facts.APPLICATION_WITHDRAWN, events.payload(application))


def _open_locked() -> ApplicationQuerySet:
    return Application.objects.open().select_related("enterprise").select_for_update(of=("self",))
