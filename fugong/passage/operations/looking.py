"""Looking at where somebody was: an act with a reason, which stands in the person's own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Invalid, NotPermitted
from fugong.passage import queries
from fugong.passage.choices import TRACE
from fugong.passage.permissions import may_at
from fugong.passage.queries import Overlap, PersonDays
from fugong.passage.rules.presence import Presence
from fugong.people import queries as people
from fugong.people.choices import UnmaskReason

REASONS: Final = (UnmaskReason.TRACING, UnmaskReason.CARE, UnmaskReason.CORRECTION)
MOST_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class Met:
    """Where the person was, and everybody who was there at the same time."""

    there: Sequence[Presence]
    overlaps: Sequence[Overlap]


def may_look_at(actor: Actor, person: Any) -> bool:
    """At the passages of somebody who works on the actor's ground; of somebody employed nowhere, whoever
    traces everywhere.
    """
    place = person.enterprise
    return may_at(
        actor,
        TRACE,
        area_id=place.area_id if place else None,
        enterprise_id=place.id if place else None,
    )


def look(
    person_id: UUID, *, since: date, until: date, reason: str, actor: Actor, now: datetime
) -> PersonDays:
    """The days of a person, both included. Raises NotFound, NotPermitted, Invalid with the fields."""
    with operation("passage.look", actor=actor, now=now) as op:
        subjects = _asked_for(person_id, since, until, reason, op=op, what="days")
        return queries.days_of(subjects, since=since, until=until, authority_id=actor.authority_id, now=now)


def look_whom_met(
    person_id: UUID, *, since: datetime, until: datetime, reason: str, actor: Actor, now: datetime
) -> Met:
    """Who was in the same zone or venue at the same time, the best shown first: for tracing. Numbers and
    telephones are read in full as everywhere, by `people.unmask`.

    Raises NotFound, NotPermitted, Invalid with the fields at fault.
    """
    days = local_date(since), local_date(until)
    with operation("passage.look", actor=actor, now=now) as op:
        subjects = _asked_for(person_id, *days, reason, op=op, what="met")
        there, _gates = queries.presences_of(
            subjects, since=since, until=until, authority_id=actor.authority_id, now=now
        )
        met = queries.overlaps(there, own=subjects, authority_id=actor.authority_id, now=now)
        return Met(there, met)


def _asked_for(
    person_id: UUID, since: date, until: date, reason: str, *, op: Operation, what: str
) -> list[UUID]:
    """Under what the person's scans stand."""
    person = people.get_person(op.actor, person_id)
    if not may_look_at(op.actor, person):
        raise NotPermitted()
    _check(since, until, reason, now=op.now)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    op.audit(person, {"reason": str(reason), "what": what, **days})
    files = people.ids_of(op.actor.authority_id, person.id)
    return queries.subjects_of(files, authority_id=op.actor.authority_id)


def _check(since: date, until: date, reason: str, *, now: datetime) -> None:
    if reason not in REASONS:
        sentence = _("Choose a reason.")
        raise Invalid(sentence, code="no_reason", fields={"reason": sentence})
    if since > until:
        sentence = _("The first day cannot lie after the last.")
        raise Invalid(sentence, code="days_backward", fields={"since": sentence})
    if until - since >= timedelta(days=MOST_DAYS) or end_of(until) - now > timedelta(days=2):
        most = _("At most %(days)s days up to today.") % {"days": MOST_DAYS}
        raise Invalid(most, code="too_many_days", fields={"since": most})
