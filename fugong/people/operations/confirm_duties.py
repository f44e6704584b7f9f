"""What the enterprise and the park owe while registrations wait."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fugong.core.operation import Operation
from fugong.duties import operations as duties
from fugong.duties.choices import DutySubject, owed_by_enterprise, owed_by_holders
from fugong.people.choices import CONFIRM_DUTY, MOVE_DUTY, REGISTER, RegistrationState
from fugong.people.models import SelfRegistration
from fugong.people.rules.self_registering import WORKING_DAYS_TO_CONFIRM
from fugong.playbooks import queries as playbooks

WAITING_AT = "enterprise"


def owe_confirmation(enterprise: Any, *, op: Operation) -> None:
    """One duty for all that wait, due by the end of the working day after the first of them."""
    duties.owe(
        kind=CONFIRM_DUTY,
        subject=_subject(enterprise),
        owner=owed_by_enterprise(enterprise.id, area_id=enterprise.area_id),
        due_at=playbooks.due_after(WORKING_DAYS_TO_CONFIRM, start=op.now),
        opened_at=op.now,
        op=op,
    )


def owe_move(enterprise: Any, *, op: Operation) -> None:
    """The park moves the file of somebody whom another enterprise still employs: the contact cannot."""
    duties.owe(
        kind=MOVE_DUTY,
        subject=_subject(enterprise),
        owner=owed_by_holders(REGISTER, area_id=enterprise.area_id),
        due_at=playbooks.due_after(WORKING_DAYS_TO_CONFIRM, start=op.now),
        opened_at=op.now,
        op=op,
    )


def settle_when_none_waits(enterprise_id: Any, *, op: Operation) -> None:
    waiting = SelfRegistration.objects.filter(
        authority_id=op.actor.authority_id, enterprise_id=enterprise_id, state=RegistrationState.WAITING
    )
    if not waiting.filter(is_elsewhere=True).exists():
        duties.settle(kind=MOVE_DUTY, subject_id=enterprise_id, at=op.now, op=op)
    if not waiting.exists():
        duties.settle(kind=CONFIRM_DUTY, subject_id=enterprise_id, at=op.now, op=op)


def _subject(enterprise: Any) -> DutySubject:
    url = f"{reverse('people:registrations')}?enterprise={enterprise.id}"
    return DutySubject(WAITING_AT, enterprise.id, enterprise.name, url)
