"""What every step of a return does: lock it, decide, keep the decision, move its duty."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL, end_of
from fugong.core.decisions.recording import record_decision
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict, NotFound
from fugong.duties import operations as duties
from fugong.duties.choices import DutySubject, owed_by_enterprise
from fugong.returns.choices import ARRIVAL_DUTY, SUBJECT, Lodging, Outcome, Place, State
from fugong.returns.models import PlannedReturn
from fugong.returns.permissions import check_may_plan
from fugong.returns.queries.deciding import Given, decide, facts_on
from fugong.returns.rules import Verdict, may_move, state_of, until_of


def locked(return_id: UUID, *, actor: Actor) -> PlannedReturn:
    """For whoever may plan it. Raises NotFound, NotPermitted."""
    rows = PlannedReturn.objects.visible_to(actor).select_related("person", "enterprise")
    row = rows.select_for_update(of=("self",)).filter(id=return_id).first()
    if row is None:
        raise NotFound()
    check_may_plan(actor, row.enterprise_id, row.area_id)
    return row


def move(row: PlannedReturn, to: State) -> None:
    """Raises Conflict where it has moved on."""
    if not may_move(State(row.state), to):
        message = _("This is not possible any more: the return is now “%(state)s”.")
        raise Conflict(message % {"state": State(row.state).label}, code="return_moved_on")
    row.state = to


def judged(row: PlannedReturn, *, on: date, now: datetime) -> Given:
    """By what is known of the person now, as on the day of arrival."""
    facts = facts_on(row.person_id, on=on)
    return decide(facts, from_region=row.from_region, arrives_on=on, lodging=Lodging(row.lodging), now=now)


def put(row: PlannedReturn, given: Given, *, on: date, op: Operation) -> None:
    """What the decision says, into the row; the caller saves it and then records the decision."""
    verdict = given.verdict
    row.outcome, row.playbook_version_id = verdict.outcome, given.version_id
    row.apart_days, row.apart_place = verdict.apart_days, verdict.apart_place or ""
    row.apart_from = on if verdict.apart_days else None
    row.apart_until = until_of(on, verdict.apart_days)
    row.decided_at = op.now


def keep_decision(row: PlannedReturn, given: Given, op: Operation) -> None:
    record_decision(given.decision, subject=row, actor=op.actor)


def verdict_of(row: PlannedReturn) -> Verdict:
    return Verdict(Outcome(row.outcome), row.apart_days, Place(row.apart_place) if row.apart_place else None)


def open_state(row: PlannedReturn) -> State:
    return state_of(Outcome(row.outcome))


def owe_arrival(row: PlannedReturn, *, op: Operation) -> None:
    """The enterprise confirms on the day whether the person came; before that day nobody is reminded."""
    label = f"{row.enterprise.name} · {row.person.name}"
    duties.owe(
        kind=ARRIVAL_DUTY,
        subject=DutySubject(SUBJECT, row.id, label, f"/returns/{row.id}/"),
        owner=owed_by_enterprise(row.enterprise_id, area_id=row.area_id),
        opened_at=datetime.combine(row.arrives_on, time(), tzinfo=LOCAL),
        due_at=end_of(row.arrives_on),
        op=op,
    )


def settle_arrival(row: PlannedReturn, *, op: Operation) -> None:
    duties.settle(kind=ARRIVAL_DUTY, subject_id=row.id, at=op.now, op=op)


def release_arrival(row: PlannedReturn, *, op: Operation) -> None:
    duties.withdraw(kind=ARRIVAL_DUTY, subject_id=row.id, at=op.now, op=op)


def payload(row: PlannedReturn) -> dict[str, object]:
    return {"return": str(row.id), "person": str(row.person_id), "enterprise": str(row.enterprise_id)}
