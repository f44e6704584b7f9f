"""Reminders: noted for each receiver, put together into one message, and sent until they are out.

The note and the duty's next moment are written in one transaction, so a moment is noted once; a note waits
for the end of the quiet hours and is dropped where the duty has ended by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Outcome, is_always_told
from fugong.duties.models import Duty, Message, Reminder, ReminderChoice
from fugong.duties.models.reminders import WAITING
from fugong.duties.operations.receivers import Receivers
from fugong.duties.operations.sending import send_due
from fugong.duties.operations.wording import wording_of
from fugong.duties.rules import QUIET, Muted, after_quiet, coming, is_muted
from fugong.playbooks.queries import get_in_force

BATCH: Final = 500
BEFORE, CALLED = "before", "called"


def remind_due(authority_id: UUID, *, now: datetime) -> int:
    """Tells everybody whose reminder is due; returns how many messages went out. Safe to run twice, or at
    once. Without an address in FUGONG_REMINDERS nothing is noted, and nothing is sent.
    """
    if not settings.FUGONG_REMINDERS:
        return 0
    actor = system_actor(authority_id, "duties")
    with acting_for(authority_id):
        while _note_batch(actor, now) == BATCH:
            pass
        _put_together(actor, now)
    return send_due(authority_id, now=now)


def note_called(duty: Duty, user_ids: Iterable[UUID], *, at: datetime, op: Operation) -> None:
    """A step of its escalation calls these users; inside the operation that takes it."""
    if settings.FUGONG_REMINDERS:
        cause = f"{CALLED} {at.isoformat()}"
        _note([_reminder(duty, user_id, cause, quiet_hours(op.now), op) for user_id in user_ids])


def quiet_hours(now: datetime) -> tuple[time, time]:
    """As the playbook of the day says, else the usual ones."""
    try:
        return get_in_force(local_date(now)).playbook.quiet_hours or QUIET
    except NotFound:
        return QUIET


def _note_batch(actor: Actor, now: datetime) -> int:
    """Rows another run holds are skipped: it is noting them."""
    with transaction.atomic():
        rows = Duty.objects.open().filter(reminds_at__lte=now).order_by("reminds_at", "id")
        rows = rows.select_related("owner_user").select_for_update(of=("self",), skip_locked=True)
        duties = list(rows[:BATCH])
        if duties:
            with operation("duties.remind", actor=actor, now=now) as op:
                _note_each(duties, op)
                op.audit(None, {"duties": len(duties)})
    return len(duties)


def _note_each(duties: Sequence[Duty], op: Operation) -> None:
    hours = quiet_hours(op.now)
    told = Receivers(op.actor, now=op.now).of_owners(duties)
    _note([_reminder(duty, user_id, _before(duty), hours, op) for duty, user_id in told])
    for duty in duties:
        duty.reminders = coming(duty.reminders, now=op.now, due_at=duty.due_at)
        duty.reminds_at = duty.reminders[0] if duty.reminders else None
    Duty.objects.bulk_update(duties, ["reminders", "reminds_at"])


def _before(duty: Duty) -> str:
    assert duty.reminds_at is not None
    return f"{BEFORE} {duty.reminds_at.isoformat()}"


def _reminder(duty: Duty, user_id: UUID, cause: str, hours: tuple[time, time], op: Operation) -> Reminder:
    return Reminder(
        authority_id=op.actor.authority_id,
        duty=duty,
        user_id=user_id,
        cause=cause,
        made_at=op.now,
        send_at=op.now if duty.is_urgent else after_quiet(op.now, hours),
    )


def _note(reminders: Sequence[Reminder]) -> None:
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True, batch_size=BATCH)


def _put_together(actor: Actor, now: datetime) -> None:
    """One message for each receiver, however many duties wait for it."""
    with transaction.atomic():
        rows = Reminder.objects.filter(WAITING, send_at__lte=now).select_related("duty")
        waiting = list(rows.order_by("user_id", "id").select_for_update(of=("self",), skip_locked=True))
        muted = _muted({each.user_id for each in waiting})
        by_user: dict[UUID, list[Reminder]] = defaultdict(list)
        dropped: list[Reminder] = []
        for each in waiting:
            wanted = _is_wanted(each, muted.get(each.user_id, Muted()), now)
            (by_user[each.user_id] if wanted else dropped).append(each)
        Reminder.objects.filter(id__in=[each.id for each in dropped]).update(dropped_at=now)
        for user_id, reminders in by_user.items():
            _message(user_id, reminders, actor, now)


def _muted(user_ids: set[UUID]) -> dict[UUID, Muted]:
    rows = ReminderChoice.objects.filter(user__in=user_ids)
    return {row.user_id: Muted(row.muted_kinds, row.muted_until) for row in rows}


def _is_wanted(reminder: Reminder, muted: Muted, now: datetime) -> bool:
    """Not of what has ended meanwhile, nor, unless somebody is called, of what the receiver muted."""
    duty = reminder.duty
    if duty.outcome is not Outcome.OPEN:
        return False
    always_told = reminder.cause.startswith(CALLED) or duty.is_urgent or is_always_told(duty.kind)
    return not is_muted(duty.kind, always_told=always_told, muted=muted, now=now)


def _message(user_id: UUID, reminders: Sequence[Reminder], actor: Actor, now: datetime) -> None:
    duties = list({each.duty_id: each.duty for each in reminders}.values())
    title, body = wording_of(duties, now=now)
    message = Message.objects.create(
        authority_id=actor.authority_id,
        user_id=user_id,
        title=title,
        body=body,
        made_at=now,
        next_try_at=now,
    )
    Reminder.objects.filter(id__in=[each.id for each in reminders]).update(message=message)
