"""Writing where a person was: said, corrected, taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, NotFound
from fugong.people import facts
from fugong.people.choices import Way
from fugong.people.models import Person, Stay
from fugong.people.operations.checks import locked, refusal_of
from fugong.people.operations.correcting import check_may_keep
from fugong.people.queries.travel import list_current
from fugong.people.rules import travel
from fugong.people.rules.travel import StayData


def record_stay(person_id: UUID, data: StayData, *, way: Way, actor: Actor, now: datetime) -> Stay:
    """Keeps where the person was. Saying the same again changes nothing and returns the row there is.

    Locks the person. Raises NotFound, NotPermitted, Invalid with the fields at fault.
    """
    with operation("people.record_stay", actor=actor, now=now) as op:
        person = locked(person_id, actor=actor)
        check_may_keep(person, actor)
        return keep_stay(person, data, way=way, op=op)


def keep_stay(person: Person, data: StayData, *, way: Way, op: Operation) -> Stay:
    """For operations that hold the person's lock and have asked who may. Raises Invalid."""
    data = checked(data, now=op.now)
    same = Stay.objects.filter(
        id__in=[stay.id for stay in list_current(person)],
        region=data.region,
        from_on=data.from_on,
        to_on=data.to_on,
    ).first()
    if same is not None:
        op.audit(person, {})
        return same
    return _kept(person, _row(person, data, way=way, op=op), op=op)


def correct_stay(
    stay_id: UUID, data: StayData | None, *, way: Way = Way.FORM, actor: Actor, now: datetime
) -> Stay:
    """Another row takes the place of this one, which stays in the history; None says: there was no such stay.

    Locks the person. Raises NotFound, NotPermitted, Invalid, Conflict for a row corrected already.
    """
    with operation("people.correct_stay", actor=actor, now=now) as op:
        old = Stay.objects.filter(authority_id=actor.authority_id, id=stay_id).first()
        if old is None:
            raise NotFound()
        person = locked(old.person_id, actor=actor)
        check_may_keep(person, actor)
        if Stay.objects.filter(replaces=old).exists():
            raise Conflict(_("Somebody else has corrected this stay. Load it again."), code="overtaken")
        row = (
            _taken_back(old, op=op) if data is None else _row(person, checked(data, now=now), way=way, op=op)
        )
        row.replaces = old
        return _kept(person, row, op=op)


def checked(data: StayData, *, now: datetime) -> StayData:
    """In its one spelling. Raises Invalid with every field at fault."""
    data = travel.tidied(data)
    problems = travel.problems_of(data, today=local_date(now))
    if problems:
        raise refusal_of(problems)
    return data


def _row(person: Person, data: StayData, *, way: Way, op: Operation) -> Stay:
    return Stay(
        authority_id=person.authority_id,
        person=person,
        region=data.region,
        from_on=data.from_on,
        to_on=data.to_on,
        transport=data.transport or "",
        number=data.number,
        way=way,
        recorded_at=op.now,
        recorded_by=op.actor.user_id,
        recorded_by_name=op.actor.name,
    )


def _taken_back(old: Stay, *, op: Operation) -> Stay:
    said = StayData(region=old.region, from_on=old.from_on, to_on=old.to_on)
    row = _row(old.person, said, way=Way(old.way), op=op)
    row.is_taken_back = True
    return row


def _kept(person: Person, row: Stay, *, op: Operation) -> Stay:
    row.save(force_insert=True)
    person.travel = [travel.kept(stay.region, stay.from_on, stay.to_on) for stay in list_current(person)]
    person.changed_at = op.now
    person.save(update_fields=["travel", "changed_at"])
    said = {"person": str(person.id), "region": row.region, "from_on": row.from_on, "to_on": row.to_on}
    op.audit(row, said | {"replaces": str(row.replaces_id or ""), "is_taken_back": row.is_taken_back})
    op.fact(facts.STAY_RECORDED, {"person": str(person.id)})
    return row
