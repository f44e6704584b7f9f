"""The person an act is about, with the place that says who may act; and duties about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.clearance.permissions import Workplace
from fugong.clearance.queries.law import LawInForce
from fugong.core.actor import Actor
from fugong.core.operation import Operation
from fugong.core.refusals import Conflict, NotFound
from fugong.duties import operations as duties
from fugong.duties.choices import LEAD, Call, DutySubject, owed_by_holders
from fugong.people import queries as people
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import BodyKind
from fugong.playbooks.facts import ClearanceTable
from fugong.playbooks.queries import PlaybookInForce

_ABOVE: Final = {BodyKind.AUTHORITY, BodyKind.HIGHER_AUTHORITY}
"""Bodies that are called as the leadership; others as whoever could have acted."""


class Subject(Protocol):
    """A person of the ledger, as far as an act about its level asks."""

    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def enterprise_id(self) -> UUID | None: ...

    @property
    def enterprise(self) -> Workplace | None: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What the playbook in force says about levels."""

    in_force: PlaybookInForce
    table: ClearanceTable


def terms_of(law: LawInForce) -> Terms:
    """Raises Conflict where no playbook in force knows levels."""
    if law.current is None or law.table is None:
        raise Conflict(_("The playbook in force knows no levels of people."), code="no_levels")
    return Terms(law.current, law.table)


def subject_of(person_id: UUID, actor: Actor) -> Subject:
    """Raises NotFound for whom the actor may not see. A worker sees itself and nobody else."""
    if actor.person_id is None:
        return people.get_person(actor, person_id)
    known = people.list_known([person_id]) if actor.person_id == person_id else []
    if not known:
        raise NotFound()
    return known[0].person


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty by a clock of the playbook: to whoever holds the permission where the person works."""

    kind: str
    permission: str
    clock: str
    url: str


def owe(owed: Owed, row_id: UUID, person: Subject, terms: Terms, op: Operation) -> datetime:
    """Returns when it is due."""
    due_at = playbooks.due_by(terms.in_force.playbook, owed.clock, start=op.now)
    duties.owe(
        kind=owed.kind,
        subject=DutySubject(owed.kind, row_id, person.name, owed.url),
        owner=owed_by_holders(
            owed.permission, area_id=person.enterprise.area_id if person.enterprise else None
        ),
        due_at=due_at,
        opened_at=op.now,
        op=op,
        calls=_calls(owed, due_at, person, terms),
        remind_at=terms.in_force.playbook.warned_before(due_at, owed.clock),
    )
    return due_at


def _calls(owed: Owed, due_at: datetime, person: Subject, terms: Terms) -> list[Call]:
    about = person.enterprise_id
    return [
        Call(
            at=each.at,
            permission=LEAD if each.body in _ABOVE else owed.permission,
            name_zh=each.name.zh,
            name_en=each.name.en,
            posts=each.posts if about else (),
            enterprise_id=about if each.posts else None,
        )
        for each in terms.in_force.playbook.called_after(due_at, owed.clock)
    ]
