"""A report of one person's day, by the worker or for the worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import NotFound, NotPermitted
from fugong.health.choices import Way
from fugong.health.models import HealthReport
from fugong.health.operations.clearing import note_reports
from fugong.health.operations.keeping import (
    Sent,
    after_keeping,
    judged,
    or_raced,
    refusal_of,
    row_of,
    tick,
)
from fugong.health.permissions import may_report
from fugong.health.queries.reports import latest_of_day
from fugong.health.queries.terms import get_terms
from fugong.health.rules.reports import ReportData, Said
from fugong.people import queries as people
from fugong.people.queries import AtWork


def report(
    person_id: UUID,
    data: ReportData,
    *,
    way: Way,
    actor: Actor,
    now: datetime,
    device: str = "",
) -> HealthReport:
    """Keeps what was said of the day; a second report of a day is a correction, and both stay.

    From a fever or an alarming symptom on it opens an incident, the duty to look after it and the mark on
    the clearance, all in this transaction. Raises NotFound, NotPermitted, Invalid with the fields at fault,
    Conflict when somebody else reports at the same moment.
    """
    with or_raced(), operation("health.report", actor=actor, now=now) as op:
        person = found(person_id, actor=actor)
        terms = get_terms(local_date(now))
        before = latest_of_day([person_id], data.day, actor=actor).get(person_id)
        said = judged(data, before, terms, now=now)
        if not isinstance(said, Said):
            raise refusal_of(said)
        row = row_of(person, said, before, Sent(way, now, device), op=op)
        row.save(force_insert=True)
        note_reports([row], op)
        after_keeping(person, row, said, before, terms, op)
        # What was said stays in the row, which nobody can change; the trail says that it was, by whom.
        op.audit(row, {"person": str(person_id), "day": row.day.isoformat(), "way": str(way)})
        tick(row, op)
    return row


def found(person_id: UUID, *, actor: Actor) -> AtWork:
    """The person the actor may report for; who may not is not told whether there is one."""
    person = people.at_work([person_id], actor=actor).get(person_id)
    if person is None:
        raise NotFound()
    if may_report(actor, person_id, person.place):
        return person
    led = people.crews_led_by(actor).get(person.place.id, frozenset()) if person.place else frozenset()
    if not may_report(actor, person_id, person.place, led_crews=led, crew=person.crew):
        raise NotPermitted()
    return person
