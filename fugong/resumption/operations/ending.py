"""The end of a suspension: lifted by a person, by its date, or by the approval of a re-opening."""

from __future__ import annotations

from fugong.core.operation import Operation
from fugong.resumption import facts
from fugong.resumption.choices import SuspensionMove, SuspensionState
from fugong.resumption.models import Application, Suspension
from fugong.resumption.rules.transitions import next_suspension_state


def end(suspension: Suspension, move: SuspensionMove, *, note: str, op: Operation) -> None:
    """Writes the suspension's end. Standing and certificate are the caller's."""
    before = suspension.state
    suspension.state = next_suspension_state(suspension.state, move)
    suspension.ended_at, suspension.ended_by_id = op.now, op.actor.user_id
    suspension.ended_by_name, suspension.ended_note = op.actor.name, note.strip()
    suspension.version += 1
    suspension.save()
    op.audit(suspension, {"state": [before, suspension.state]}, note=note.strip())
    op.fact(facts.REOPENED, {"enterprise": str(suspension.enterprise_id), "suspension": str(suspension.id)})


def end_by_approval(application: Application, *, op: Operation) -> None:
    """A re-opening that is approved ends the suspension it asks to end; the approval is its reason."""
    rows = Suspension.objects.select_for_update().filter(enterprise_id=application.enterprise_id)
    suspension = rows.filter(state=SuspensionState.IN_FORCE).first()
    if suspension is not None:
        end(suspension, SuspensionMove.LIFT, note=application.number, op=op)
