"""A duty begins, is done, or is no longer owed: inside another context's operation, under its audit row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fugong.core.operation import Operation
from fugong.duties.choices import Call, DutyOwner, DutySubject, check_kind
from fugong.duties.models import Duty, DutyQuerySet
from fugong.duties.rules import coming, in_order

LABEL_MOST = 200
"""A name may be so long that with what it stands beside it is longer than the column."""
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """When a duty opens, by when it is owed, whom its silence calls, when its owner is reminded."""

    opened_at: datetime
    due_at: datetime
    calls: Iterable[Call] = ()
    remind_at: Iterable[datetime] = ()


def owe(  # noqa: PLR0913 - eight facts of one row, each named where it is called
    *,
    kind: str,
    subject: DutySubject,
    owner: DutyOwner,
    due_at: datetime,
    opened_at: datetime,
    op: Operation,
    period: str = "",
    calls: Iterable[Call] = (),
    remind_at: Iterable[datetime] = (),
) -> Duty:
    """Opens the duty, or returns the open one of the same kind, subject, period and owner, unchanged.

    `calls`: the steps by which it is escalated once it is missed; none: it calls nobody. `remind_at`: when
    its owner is reminded; what has passed already, or would come after the deadline, is left out.
    Two writers at once end with one duty: the second waits for the first at the unique constraint.
    """
    check_kind(kind)
    identity = identity_of(kind, subject, owner, period)
    terms = Terms(opened_at, due_at, calls, remind_at)
    return _opened(new_duty(identity, subject, owner, terms, op), identity)


def owe_each(
    owed: Iterable[tuple[DutySubject, DutyOwner]],
    *,
    kind: str,
    due_at: datetime,
    period: str,
    op: Operation,
    remind_at: Sequence[datetime] = (),
) -> None:
    """The same duty of many, from now on, in few statements. What one of them owes already stays as it is."""
    check_kind(kind)
    terms = Terms(op.now, due_at, remind_at=remind_at)
    duties = [
        new_duty(identity_of(kind, subject, owner, period), subject, owner, terms, op)
        for subject, owner in owed
    ]
    Duty.objects.bulk_create(duties, ignore_conflicts=True, batch_size=AT_ONCE)


def settle(*, kind: str, subject_id: UUID, at: datetime, op: Operation, period: str | None = None) -> int:
    """The duty is done, by whoever acts in `op`. Returns how many were open; settling again changes nothing.

    `period` None settles those of every period. `at` is when it was done: a late entry is judged by the deed.
    """
    return _open(kind, subject_id, period).update(done_at=at, ended_by_id=op.actor.user_id)


def withdraw(*, kind: str, subject_id: UUID, at: datetime, op: Operation, period: str | None = None) -> int:
    """Nobody owes it any more, without its having been done: the subject was withdrawn, closed or decided."""
    return _open(kind, subject_id, period).update(withdrawn_at=at, ended_by_id=op.actor.user_id)


def new_duty(
    identity: dict[str, object], subject: DutySubject, owner: DutyOwner, terms: Terms, op: Operation
) -> Duty:
    steps = in_order(terms.calls, due_at=terms.due_at)
    reminders = coming(terms.remind_at, now=op.now, due_at=terms.due_at)
    return Duty(
        authority_id=op.actor.authority_id,
        **identity,
        subject_label=subject.label[:LABEL_MOST],
        url=subject.url,
        side=owner.side,
        opened_at=terms.opened_at,
        due_at=terms.due_at,
        escalation=[call.as_json() for call in steps],
        escalates_at=steps[0].at if steps else None,
        reminders=reminders,
        reminds_at=reminders[0] if reminders else None,
        recorded_at=op.now,
    )


def identity_of(kind: str, subject: DutySubject, owner: DutyOwner, period: str) -> dict[str, object]:
    return {
        "kind": kind,
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "period": period,
        "owner_user_id": owner.user_id,
        "owner_enterprise_id": owner.enterprise_id,
        "owner_permission": owner.permission,
        "owner_area_id": owner.area_id,
    }


def _opened(duty: Duty, identity: dict[str, object]) -> Duty:
    """A duty settled by somebody else between the two statements is simply owed anew."""
    while True:
        Duty.objects.bulk_create([duty], ignore_conflicts=True)
        standing = Duty.objects.open().filter(**identity).first()
        if standing is not None:
            return standing


def _open(kind: str, subject_id: UUID, period: str | None) -> DutyQuerySet:
    rows = Duty.objects.open().filter(kind=kind, subject_id=subject_id)
    return rows if period is None else rows.filter(period=period)
