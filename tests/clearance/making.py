"""A district whose playbook knows levels, with people in an enterprise of its park."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from fugong.clearance import operations, queries
from fugong.clearance.choices import Source
from fugong.clearance.models import HandLevel
from fugong.clearance.queries import Clearance
from fugong.core.actor import Actor, system_actor
from fugong.core.ids import new_id
from fugong.core.operation import Operation, operation
from fugong.people.models import Person
from tests.people import making as people
from tests.support.making import NOW, Place

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def worker(here: Place, *, now: datetime = NOW - 10 * DAY, **changes: object) -> Person:
    return people.registered(here.enterprise, now=now, **changes)


def source(id_: UUID | None = None, label: str = "测试") -> Source:
    return Source("tests.row", id_ or new_id(), label, "/somewhere/")


@contextmanager
def told(here: Place, *, now: datetime = NOW) -> Iterator[Operation]:
    """An operation of some other context that learns something."""
    system = system_actor(here.authority.id, "health")
    with operation("tests.learn", actor=system, now=now) as op:
        yield op
        op.audit(None, {"learnt": "something"})


def recorded(
    person: Person,
    kind: str,
    *,
    here: Place,
    since: datetime = NOW,
    now: datetime | None = None,
    until: datetime | None = None,
    from_: Source | None = None,
) -> Source:
    said = from_ or source()
    with told(here, now=now or since) as op:
        operations.record_evidence(person.id, kind=kind, since=since, until=until, source=said, op=op)
    return said


def relieved(said: Source, *, here: Place, at: datetime) -> None:
    with told(here, now=at) as op:
        operations.relieve_evidence(source_id=said.id, at=at, op=op)


def level(person: Person, *, now: datetime = NOW) -> str:
    return clearance(person, now=now).level


def clearance(person: Person, *, now: datetime = NOW) -> Clearance:
    return queries.clearance_of(person.id, now=now)


def proposed(person: Person, *, by: Actor, now: datetime = NOW, days: int = 7) -> HandLevel:
    said = operations.Proposal("contact_told", "疾控电话，4月27日9时，王医生", days)
    return operations.propose_level(person.id, said, actor=by, now=now)


def confirmed(person: Person, *, here: Place, now: datetime = NOW) -> HandLevel:
    """By the park, and the headquarters as the second person."""
    row = proposed(person, by=here.person("reviewer_park"), now=now)
    return operations.confirm_level(row.id, actor=here.person("reviewer_headquarters"), now=now)
