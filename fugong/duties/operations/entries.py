"""Single lines of rolls: excused, or withdrawn for those who have left; and rolls given to another owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotFound
from fugong.duties.choices import DutyOwner, EntryExcuse, Outcome
from fugong.duties.models import Duty, Entry
from fugong.duties.operations.excuses import checked
from fugong.duties.operations.rolls import recount
from fugong.duties.permissions import EXCUSE, may_excuse

# Locked in the order of ids, as no two writers may want them crosswise.
WITHDRAW = """
    with gone as (
        select id from duties_entry
         where authority_id = %(authority)s and id = any(%(ids)s)
           and done_at is null and withdrawn_at is null
         order by id for update
    )
    update duties_entry entry set withdrawn_at = %(at)s, ended_by_id = %(by)s
      from gone where entry.id = gone.id
    returning entry.duty_id
"""


def excuse_entry(entry_id: UUID, *, reason: str, note: str, actor: Actor, now: datetime) -> Entry:
    """Lets one person of a roll off. Locks the line, then the roll.

    Whoever owes the roll may do it as well: it knows who is on leave, and the reason stays on record. Raises
    `NotFound` for anybody else; `Conflict` when the line has ended; `Invalid` without a reason of
    `EntryExcuse` and a note.
    """
    with operation("duties.excuse_entry", actor=actor, now=now) as op:
        entry = _lock(entry_id, actor)
        if entry.outcome != Outcome.OPEN:
            raise Conflict(_("This duty has ended already."), code="duty_ended")
        entry.excuse, entry.excuse_note = checked(reason, note, of=EntryExcuse)
        entry.withdrawn_at, entry.ended_by_id = now, actor.user_id
        entry.save(update_fields=["excuse", "excuse_note", "withdrawn_at", "ended_by"])
        recount({entry.duty_id: -1}, at=now)
        changes = {"person": str(entry.subject_id), "period": entry.period, "excuse": entry.excuse}
        op.audit(entry, changes, note=entry.excuse_note)
    return entry


def withdraw_entries(entry_ids: Collection[UUID], *, at: datetime, op: Operation) -> int:
    """These people do not owe it here any more: they have left, moved, or no rule asks them. Of lines still
    open; returns how many. Whoever moved is put on the other roll by `owe_roll` afterwards.
    """
    values: dict[str, Any] = {
        "authority": op.actor.authority_id,
        "ids": list(entry_ids),
        "at": at,
        "by": op.actor.user_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(WITHDRAW, values)
        gone = Counter(duty for (duty,) in cursor.fetchall())
    recount({duty: -number for duty, number in gone.items()}, at=at)
    return sum(gone.values())


def give_rolls(subject_id: UUID, owner: DutyOwner, *, op: Operation) -> int:
    """The open rolls of a group pass to another owner, with their deadlines. Returns how many."""
    rows = Duty.objects.rolls().open().filter(subject_id=subject_id)
    return rows.update(
        owner_user_id=owner.user_id,
        owner_enterprise_id=owner.enterprise_id,
        owner_permission=owner.permission,
        owner_area_id=owner.area_id,
        side=owner.side,
    )


def _lock(entry_id: UUID, actor: Actor) -> Entry:
    mine = Duty.objects.rolls().owed_by(actor)
    theirs = Duty.objects.rolls().visible_to(actor, permission=EXCUSE) if may_excuse(actor) else None
    within = mine if theirs is None else mine | theirs
    rows = Entry.objects.filter(id=entry_id, duty_id__in=within.values("id"))
    entry = rows.select_for_update(of=("self",)).first()
    if entry is None:
        raise NotFound()
    return entry
