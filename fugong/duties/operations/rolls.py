"""The duty of a group opens for many people at once; one report ticks one line of it.

Counters move by differences, under the lock of their row, in the transaction of what they count. Whoever
takes locks takes those of entries before those of rolls; what writes many rolls at once stands in a queue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from fugong.core.actor import system_actor
from fugong.core.ids import new_id
from fugong.core.operation import Operation, operation
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Call, DutyOwner, DutySubject, Quota, Roll, RollEntry, check_kind
from fugong.duties.models import Duty
from fugong.duties.operations.owing import AT_ONCE, Terms, identity_of, new_duty
from fugong.duties.rules import LAPSES_AFTER, expected_of

KEY: Final = ("subject_kind", "subject_id", "period")
NAME_MOST: Final = 60

# One statement for one report: the line, then its roll, which is done when nobody is left.
TICK: Final = """
    with ticked as (
        update duties_entry set done_at = %(at)s, ended_by_id = %(by)s
         where authority_id = %(authority)s and kind = %(kind)s and period = %(period)s
           and subject_id = %(subject)s and done_at is null and withdrawn_at is null
        returning duty_id
    )
    update duties_duty duty
       set done = duty.done + 1,
           done_at = case when coalesce(duty.done_at, duty.withdrawn_at, duty.lapsed_at) is not null
                               or duty.done + 1 < duty.expected then duty.done_at
                          else %(at)s end,
           ended_by_id = case when coalesce(duty.done_at, duty.withdrawn_at, duty.lapsed_at) is not null
                                   or duty.done + 1 < duty.expected then duty.ended_by_id
                              else %(by)s::uuid end
      from ticked
     where duty.id = ticked.duty_id
    returning duty.id
"""

# Whoever stands on a roll of this kind and period already is passed over, by the index that says so.
ENROL: Final = """
    insert into duties_entry
           (id, authority_id, duty_id, kind, period, subject_id, label, excuse, excuse_note, recorded_at)
    select line.id, %(authority)s, line.duty_id, %(kind)s, roll.period, subject_id, label, '', '', %(now)s
      from unnest(%(ids)s::uuid[], %(duties)s::uuid[], %(subjects)s::uuid[], %(labels)s::text[])
           as line (id, duty_id, subject_id, label)
      join unnest(%(rolls)s::uuid[], %(periods)s::text[]) as roll (id, period) on roll.id = line.duty_id
     order by subject_id, period
    on conflict do nothing
    returning duty_id
"""

# A roll with somebody left is open again; one whose last line is gone is no longer owed. One that was excused
# as a whole stays so, and one that was withdrawn is owed again only for somebody new. Rows in order of id.
RECOUNT: Final = """
    with counted as (
        select duty.id, duty.members + change.by as members,
               case when duty.quota_percent is null then duty.members + change.by
                    else least(duty.members + change.by, greatest(duty.quota_least,
                               ceil((duty.members + change.by) * duty.quota_percent / 100.0)::int))
                end as expected,
               case when duty.excuse <> '' or duty.lapsed_at is not null then duty.withdrawn_at
                    when duty.members + change.by = 0 then coalesce(duty.withdrawn_at, %(at)s)
                    when change.by > 0 then null
                    else duty.withdrawn_at end as withdrawn_at
          from duties_duty duty
          join unnest(%(duties)s::uuid[], %(changes)s::int[]) as change (id, by)
            on change.id = duty.id
         order by duty.id
           for no key update of duty
    )
    update duties_duty duty
       set members = counted.members, expected = counted.expected,
           withdrawn_at = counted.withdrawn_at,
           done_at = case when coalesce(counted.withdrawn_at, duty.lapsed_at) is null
                               and duty.done >= counted.expected
                          then coalesce(duty.done_at, %(at)s) end
      from counted
     where duty.id = counted.id
"""


def owe_roll(  # noqa: PLR0913 - the facts of one roll, each named where it is called
    *,
    kind: str,
    subject: DutySubject,
    owner: DutyOwner,
    entries: Iterable[RollEntry],
    due_at: datetime,
    opened_at: datetime,
    period: str,
    op: Operation,
    calls: Iterable[Call] = (),
    enterprise_id: UUID | None = None,
    quota: Quota | None = None,
    remind_at: Iterable[datetime] = (),
) -> Duty:
    """Opens the roll of one group, or puts on it who is not there yet. Returns it as it stands then."""
    roll = Roll(
        subject,
        owner,
        period,
        opened_at,
        due_at,
        tuple(entries),
        enterprise_id=enterprise_id,
        quota=quota,
        calls=tuple(calls),
        remind_at=tuple(remind_at),
    )
    owe_rolls([roll], kind=kind, op=op)
    return Duty.objects.rolls().get(
        kind=kind, period=period, subject_id=subject.id, subject_kind=subject.kind
    )


def owe_rolls(rolls: Sequence[Roll], *, kind: str, op: Operation) -> int:
    """Opens many rolls of one kind, or puts on them who is not there yet; returns how many lines were added.

    Who stands on any roll of the kind and period, open, done or excused, is not put on another. The terms of
    a roll that is there already stay. Safe to run twice, or at once: whoever opens rolls of an authority
    waits for the other. The lines come first, so that a new roll is written once, with its counters.
    """
    check_kind(kind)
    _wait_for_others(op)
    known = _ids_of(rolls, kind)
    ids = known | {_key(roll): new_id() for roll in rolls if _key(roll) not in known}
    added = _enrol(rolls, ids, kind, op)
    new = {_key(roll): roll for roll in rolls if _key(roll) not in known}
    duties = [_new(ids[key], roll, kind, added[ids[key]], op) for key, roll in new.items()]
    Duty.objects.bulk_create(duties, batch_size=AT_ONCE)
    recount({id_: added[id_] for id_ in known.values() if added[id_]}, at=op.now)
    return sum(added.values())


def tick(*, kind: str, subject_id: UUID, period: str, at: datetime, op: Operation) -> bool:
    """This person has done it: its line is ticked, and the roll is done when nobody is left. One statement.

    False where no open line of the person is there, which is no error: nobody owes it, or it is done already.
    Call it last in an operation: from here to its end, others on the same roll wait.
    """
    values: dict[str, Any] = {
        "authority": op.actor.authority_id,
        "kind": kind,
        "period": period,
        "subject": subject_id,
        "at": at,
        "by": op.actor.user_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(TICK, values)
        return bool(cursor.rowcount > 0)


def lapse_rolls(authority_id: UUID, *, now: datetime) -> int:
    """Rolls that were missed days ago leave the lists: nobody can make them good. Safe to run twice."""
    with acting_for(authority_id), transaction.atomic():
        rows = Duty.objects.rolls().open().filter(due_at__lte=now - LAPSES_AFTER)
        number = rows.update(lapsed_at=now)
        if number:
            actor = system_actor(authority_id, "duties")
            with operation("duties.lapse", actor=actor, now=now) as op:
                op.audit(None, {"rolls": number})
    return number


def recount(changes: Mapping[UUID, int], *, at: datetime) -> None:
    """So many lines more or fewer on each of these rolls."""
    if not changes:
        return
    values: dict[str, Any] = {"duties": list(changes), "changes": list(changes.values()), "at": at}
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, values)


def _wait_for_others(op: Operation) -> None:
    with connection.cursor() as cursor:
        name = f"fugong.rolls.{op.actor.authority_id}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _new(id_: UUID, roll: Roll, kind: str, members: int, op: Operation) -> Duty:
    """One on which nobody was put is owed by nobody: they all stand on other rolls."""
    identity = identity_of(kind, roll.subject, roll.owner, roll.period)
    terms = Terms(roll.opened_at, roll.due_at, roll.calls, roll.remind_at)
    duty = new_duty(identity, roll.subject, roll.owner, terms, op)
    duty.id, duty.url = id_, reverse("duties:roll", args=[id_])
    duty.is_roll, duty.is_urgent = True, roll.is_urgent
    duty.roll_enterprise_id = roll.enterprise_id
    if roll.quota is not None:
        duty.quota_percent, duty.quota_least = roll.quota.percent, roll.quota.least
    duty.members, duty.expected = members, expected_of(members, roll.quota)
    duty.withdrawn_at = None if members else op.now
    return duty


def _key(roll: Roll) -> tuple[str, UUID, str]:
    return roll.subject.kind, roll.subject.id, roll.period


def _ids_of(rolls: Sequence[Roll], kind: str) -> dict[tuple[str, UUID, str], UUID]:
    rows = Duty.objects.rolls().filter(
        kind=kind,
        period__in={roll.period for roll in rolls},
        subject_id__in=[roll.subject.id for roll in rolls],
    )
    return {(of, whom, period): id_ for of, whom, period, id_ in rows.values_list(*KEY, "id")}


def _enrol(
    rolls: Sequence[Roll], ids: Mapping[tuple[str, UUID, str], UUID], kind: str, op: Operation
) -> Counter[UUID]:
    lines = [(ids[_key(roll)], entry) for roll in rolls for entry in roll.entries]
    values: dict[str, Any] = {
        "authority": op.actor.authority_id,
        "kind": kind,
        "now": op.now,
        "rolls": list(ids.values()),
        "periods": [period for _kind, _subject, period in ids],
        "ids": _array(new_id() for _line in lines),
        "duties": _array(duty for duty, _entry in lines),
        "subjects": _array(entry.subject_id for _duty, entry in lines),
        "labels": [entry.label[:NAME_MOST] for _duty, entry in lines],
    }
    with connection.cursor() as cursor:
        cursor.execute(ENROL, values)
        return Counter(duty for (duty,) in cursor.fetchall())


def _array(ids: Iterable[UUID]) -> str:
    """As PostgreSQL writes an array: forty thousand of them one by one take the driver a second."""
    return "{" + ",".join(map(str, ids)) + "}"
