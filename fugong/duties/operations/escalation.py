"""A missed duty is told to one level after the other, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fugong.accounts.choices import ENTERPRISE
from fugong.accounts.queries import list_answering
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Call
from fugong.duties.facts import DUTY_ESCALATED
from fugong.duties.models import Duty
from fugong.duties.operations.receivers import Receivers
from fugong.duties.operations.reminding import note_called
from fugong.duties.rules import is_due, next_call

BATCH = 200


def escalate_due(authority_id: UUID, *, now: datetime) -> int:
    """Takes every step of escalation whose time has come; returns for how many duties. Safe to run twice, or
    at once.

    Where nothing ran for days, all steps that fell due meanwhile are taken. Each batch is its own
    transaction, so that a killed run keeps what it did.
    """
    actor = system_actor(authority_id, "duties")
    total = 0
    while True:
        escalated = _escalate_batch(actor, now)
        total += escalated
        if escalated < BATCH:
            return total


def _escalate_batch(actor: Actor, now: datetime) -> int:
    with acting_for(actor.authority_id), transaction.atomic():
        silent = _lock_silent(now)
        if not silent:
            return 0
        with operation("duties.escalate", actor=actor, now=now) as op:
            receivers = Receivers(actor, now=now)
            for duty in silent:
                _escalate(duty, receivers, op)
        return len(silent)


def _lock_silent(now: datetime) -> list[Duty]:
    """Rows another run holds are skipped: it is escalating them."""
    rows = Duty.objects.open().filter(escalates_at__lte=now).order_by("escalates_at", "id")
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])


def _escalate(duty: Duty, receivers: Receivers, op: Operation) -> None:
    calls = duty.calls
    for place, call in enumerate(calls):
        if is_due(call, now=op.now):
            _tell(duty, call, receivers, op)
            calls[place] = replace(call, told_at=op.now)
    _keep(duty, calls, op)


def _tell(duty: Duty, call: Call, receivers: Receivers, op: Operation) -> None:
    users = _holders(call, op)
    permission = "" if users else call.permission
    if permission and permission not in duty.told_permissions:
        duty.told_permissions.append(permission)
    duty.told_users += [user_id for user_id in users if user_id not in duty.told_users]
    note_called(duty, users or receivers.holding(permission, duty.owner_area_id), at=call.at, op=op)
    whom = call.name_zh or permission or [str(user_id) for user_id in users]
    op.audit(duty, {"escalated_at": op.now.isoformat(), "escalate_to": whom})
    op.fact(
        DUTY_ESCALATED,
        {
            "duty": str(duty.id),
            "kind": duty.kind,
            "subject": str(duty.subject_id),
            "escalate_to": permission,
            "users": [str(user_id) for user_id in users],
        },
    )


def _holders(call: Call, op: Operation) -> list[UUID]:
    """Who holds the post now, which need not be who held it when the duty began."""
    if not call.posts or call.enterprise_id is None:
        return []
    rows = list_answering(ENTERPRISE, [call.enterprise_id], on=local_date(op.now), actor=op.actor)
    held = (row.user.id for row in rows if row.kind in call.posts and row.user.is_active)
    return list(dict.fromkeys(held))


def _keep(duty: Duty, calls: Sequence[Call], op: Operation) -> None:
    coming = next_call(calls)
    duty.escalation = [call.as_json() for call in calls]
    duty.escalates_at, duty.escalated_at = coming.at if coming else None, op.now
    columns = ["escalation", "escalates_at", "escalated_at", "told_permissions", "told_users"]
    duty.save(update_fields=columns)
