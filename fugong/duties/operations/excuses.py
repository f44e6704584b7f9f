"""Letting somebody off a duty, with a reason from the closed list and a sentence."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.choices import Excuse, Outcome
from fugong.duties.models import Duty
from fugong.duties.permissions import EXCUSE, check_may_excuse


def excuse(duty_id: UUID, *, reason: str, note: str, actor: Actor, now: datetime) -> Duty:
    """Ends an open duty without its being done. Locks the duty.

    Raises `NotPermitted`, also for what one owes oneself; `NotFound`; `Conflict` when it has ended; `Invalid`
    without a reason and a note.
    """
    with operation("duties.excuse", actor=actor, now=now) as op:
        check_may_excuse(actor)
        duty = _lock(duty_id, actor)
        _check_is_others(actor, duty)
        if duty.outcome != Outcome.OPEN:
            raise Conflict(_("This duty has ended already."), code="duty_ended")
        duty.excuse, duty.excuse_note = checked(reason, note, of=Excuse)
        duty.withdrawn_at = now
        duty.ended_by_id = actor.user_id
        duty.save(update_fields=["excuse", "excuse_note", "withdrawn_at", "ended_by"])
        op.audit(duty, {"excuse": duty.excuse, "withdrawn_at": now.isoformat()}, note=duty.excuse_note)
    return duty


def _lock(duty_id: UUID, actor: Actor) -> Duty:
    duty = (
        Duty.objects.visible_to(actor, permission=EXCUSE)
        .filter(id=duty_id)
        .select_for_update(of=("self",))
        .first()
    )
    if duty is None:
        raise NotFound()
    return duty


def _check_is_others(actor: Actor, duty: Duty) -> None:
    """Nobody lets himself off: not what he owes in person, not what his enterprise or his office owes."""
    own = duty.owner_user_id is not None and duty.owner_user_id == actor.user_id
    his_enterprises = duty.owner_enterprise_id in actor.enterprises
    his_offices = bool(duty.owner_permission) and _holds(actor, duty)
    if own or his_enterprises or his_offices:
        raise NotPermitted(_("You owe this yourself; somebody else has to excuse it."), code="own_duty")


def _holds(actor: Actor, duty: Duty) -> bool:
    if duty.owner_area_id is None:
        return actor.may(duty.owner_permission)
    return actor.may_in(duty.owner_permission, duty.owner_area_id)


def checked(reason: str, note: str, *, of: type[TextChoices]) -> tuple[str, str]:
    """A reason of this closed list, and a sentence."""
    if reason not in of.values:
        raise Invalid(
            _("Choose the reason from the list."), code="bad_reason", fields={"reason": _("Choose one.")}
        )
    if not note.strip():
        raise Invalid(
            _("Say in a sentence why."), code="no_note", fields={"note": _("Say in a sentence why.")}
        )
    return reason, note.strip()[:500]
