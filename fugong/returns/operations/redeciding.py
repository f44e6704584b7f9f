"""Planned returns are decided anew when the playbook, or what is known of the person, has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fugong.core.actor import system_actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.playbooks import queries as playbooks
from fugong.returns import facts
from fugong.returns.models import PlannedReturn, PlannedReturnQuerySet
from fugong.returns.operations.steps import judged, keep_decision, open_state, payload, put, verdict_of

AT_ONCE = 500


def redecide(authority_id: UUID, *, now: datetime) -> int:
    """For the clock: the open returns that were decided by another playbook version than will be in force.

    Returns how many say something else now. Safe to run twice; costs nothing while no version has changed.
    """
    with acting_for(authority_id):
        rows = PlannedReturn.objects.filter(authority_id=authority_id, arrives_on__gte=local_date(now)).open()
        days = rows.order_by("arrives_on").values_list("arrives_on", "playbook_version_id").distinct()
        stale = [(on, version) for on, version in days if version != _version_on(on)]
        return sum(
            _anew(rows.filter(arrives_on=on, playbook_version_id=version), authority_id, now=now)
            for on, version in stale
        )


def redecide_person(person_id: UUID, authority_id: UUID, *, now: datetime) -> int:
    """After something was said of the person: where from, where lately."""
    with acting_for(authority_id):
        rows = PlannedReturn.objects.filter(authority_id=authority_id, person_id=person_id).open()
        return _anew(rows, authority_id, now=now)


def redecide_people(person_ids: Sequence[UUID], authority_id: UUID, *, now: datetime) -> int:
    """As `redecide_person`, of a whole list: one statement for each part of it finds the few that plan a
    return.
    """
    with acting_for(authority_id):
        open_ones = PlannedReturn.objects.filter(authority_id=authority_id).open()
        parts = (person_ids[start : start + AT_ONCE] for start in range(0, len(person_ids), AT_ONCE))
        return sum(_anew(open_ones.filter(person_id__in=part), authority_id, now=now) for part in parts)


def _version_on(on: object) -> UUID | None:
    try:
        return playbooks.get_in_force(on).version_id  # type: ignore[arg-type]
    except NotFound:
        return None


def _anew(rows: PlannedReturnQuerySet, authority_id: UUID, *, now: datetime) -> int:
    ids = list(rows.order_by("id").values_list("id", flat=True))
    return sum(_one(id_, authority_id, now=now) for id_ in ids)


def _one(return_id: UUID, authority_id: UUID, *, now: datetime) -> bool:
    """In a transaction of its own: one that is locked or moved on holds up no other."""
    with operation("returns.redecide", actor=system_actor(authority_id, "returns"), now=now) as op:
        row = PlannedReturn.objects.select_for_update().open().filter(id=return_id).first()
        if row is None:
            op.audit(None, {"return": str(return_id)})
            return False
        before, version = verdict_of(row), row.playbook_version_id
        given = judged(row, on=row.arrives_on, now=now)
        put(row, given, on=row.arrives_on, op=op)
        row.state = open_state(row)
        changed = given.verdict != before
        if changed:
            row.changed_at = now
        row.save()
        if changed or version != given.version_id:
            keep_decision(row, given, op)
        op.audit(row, {"outcome": [before.outcome.value, row.outcome], "changed": changed})
        if changed:
            op.fact(facts.RETURN_DECIDED_ANEW, payload(row))
        return changed
