"""What a person owes passes to a successor when the person's assignment ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.accounts import queries as accounts
from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid
from fugong.duties.models import Duty, DutyQuerySet
from fugong.duties.permissions import HAND_OVER, check_may_hand_over


def hand_over(
    from_user: UUID,
    to_user: UUID,
    *,
    actor: Actor,
    now: datetime,
    subject_ids: Iterable[UUID] | None = None,
) -> int:
    """The open duties of `from_user` become `to_user`'s, with their deadlines; returns how many there were.

    Those within the actor's areas; with `subject_ids` only those about these subjects. Locks them. What the
    successor owes already is not owed twice: the leaver's is withdrawn. Raises `NotPermitted`; `NotFound` for
    a successor of another authority; `Invalid` for one and the same person; `Conflict` when the successor
    has left, or when there is nothing to hand over.
    """
    with operation("duties.hand_over", actor=actor, now=now) as op:
        check_may_hand_over(actor)
        if from_user == to_user:
            raise Invalid(_("Choose somebody else as the successor."), code="same_person")
        if not accounts.get_user(to_user, actor=actor).is_active:
            raise Conflict(_("The successor's account is closed."), code="successor_left")
        within = _of(from_user, subject_ids).visible_to(actor, permission=HAND_OVER)
        leaving = list(within.select_for_update(of=("self",)))
        if not leaving:
            raise Conflict(_("This person owes nothing that could be handed over."), code="nothing_owed")
        owed_already = {_what(duty) for duty in _of(to_user, subject_ids)}
        for duty in leaving:
            if _what(duty) in owed_already:
                Duty.objects.filter(id=duty.id).update(withdrawn_at=now, ended_by_id=actor.user_id)
            else:
                Duty.objects.filter(id=duty.id).update(owner_user_id=to_user)
            op.audit(duty, {"owner_user": [str(from_user), str(to_user)]})
    return len(leaving)


def _of(user_id: UUID, subject_ids: Iterable[UUID] | None) -> DutyQuerySet:
    rows = Duty.objects.open().filter(owner_user_id=user_id).nearest_first()
    return rows if subject_ids is None else rows.filter(subject_id__in=list(subject_ids))


def _what(duty: Duty) -> tuple[object, ...]:
    return duty.kind, duty.subject_kind, duty.subject_id, duty.period, duty.owner_area_id
