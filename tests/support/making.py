"""A district with a playbook in force, an enterprise of its park, and those who deal with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from fugong.accounts import operations as accounts
from fugong.accounts.choices import AssignmentKind, Subject
from fugong.accounts.models import User
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.playbooks import operations as playbooks
from fugong.playbooks.rules.library import LIBRARY
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook
from fugong.resumption.facts import APPLICANT
from fugong.support import operations
from fugong.support.choices import State
from fugong.support.models import Difficulty
from fugong.support.operations import Assignee, Report
from tests.accounts import making as people
from tests.enterprises import making as register

NOW = datetime(2022, 4, 27, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in China
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOGISTICS = Report("logistics", "Lorries are held at the crossing", "Since Monday; two loads.")
BUREAU = "industry_bureau"


@cache
def datong() -> Playbook:
    return load_playbook(LIBRARY / "datong.toml", facts=APPLICANT)


@dataclass(frozen=True)
class Place:
    """What one district's tests stand on. Persons are asked for by role."""

    authority: Authority
    park: Area
    enterprise: Enterprise

    def holder(self, role: str) -> User:
        subject = Subject("enterprise", self.enterprise.id, self.enterprise.name)
        user = people.holder(
            self.authority,
            role,
            area=self.park if role in {"reviewer_park", "gate_guard"} else None,
            subject=subject if role == "enterprise_contact" else None,
        )
        if role in {"instructor", "area_leader"}:
            self._put_in_charge(user, subject)
        return user

    def person(self, role: str) -> Actor:
        return people.acting(self.holder(role))

    def _put_in_charge(self, user: User, subject: Subject) -> None:
        kind = AssignmentKind("care", "包保")
        system = people.system(self.authority)
        accounts.assign(user, kind=kind, subject=subject, starts_on=date(2022, 4, 1), actor=system, now=NOW)


def place(code: str = "north") -> Place:
    authority = people.authority(code)
    with acting_for(authority.id):
        put_in_force(authority, datong())
        park = people.park(authority)
        return Place(authority, park, register.registered(park))


def put_in_force(authority: Authority, playbook: Playbook, *, from_day: date = date(2022, 4, 1)) -> None:
    starter = Actor(new_id(), authority.id, "Commander", frozenset({"playbooks.activate"}), all_areas=True)
    playbooks.activate(playbook, actor=starter, now=NOW, from_day=from_day)


def raised(
    here: Place, *, by: Actor | None = None, report: Report = LOGISTICS, at: datetime = NOW
) -> Difficulty:
    contact = by or here.person("enterprise_contact")
    return operations.raise_difficulty(here.enterprise.id, report, actor=contact, now=at)


def brought_to(state: State, here: Place, *, at: datetime = NOW) -> Difficulty:
    """A difficulty in this state, brought there hour by hour by those whose steps these are."""
    bo, hq, bureau = map(here.person, ("enterprise_contact", "reviewer_headquarters", "reviewer_department"))
    difficulty = raised(here, by=bo, at=at)
    key = difficulty.id
    if state == State.WITHDRAWN:
        return operations.withdraw(key, actor=bo, now=at + HOUR)
    if state == State.RAISED:
        return difficulty
    difficulty = operations.assign(key, Assignee(body=BUREAU), actor=hq, now=at + HOUR)
    if state == State.ASSIGNED:
        return difficulty
    difficulty = operations.answer(key, "The pass is issued.", actor=bureau, now=at + 2 * HOUR)
    if state == State.ANSWERED:
        return difficulty
    return operations.confirm_solved(key, actor=bo, now=at + 3 * HOUR)
