"""The rolls of a day: who of the people at work owes what, crew by crew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.duties.choices import LEAD, Call, DutySubject, Quota, Roll, RollEntry
from fugong.duties.operations import owe_rolls, withdraw_entries
from fugong.people.choices import REGISTER
from fugong.people.models import Crew
from fugong.people.operations.crews import owner_of
from fugong.people.operations.judging import Asked, Judge
from fugong.people.queries.at_work import crews_of, misplaced, not_yet_enrolled, places_of
from fugong.people.queries.staff import Workplace
from fugong.playbooks.choices import BodyKind
from fugong.playbooks.facts import Cadence, Playbook, Window
from fugong.playbooks.queries import get_in_force

_LEADERSHIP = {BodyKind.AUTHORITY, BodyKind.HIGHER_AUTHORITY}


@dataclass(frozen=True, slots=True)
class Opened:
    """How many lines were added to rolls, and how many withdrawn of people who left or moved."""

    added: int = 0
    withdrawn: int = 0

    def __add__(self, other: Opened) -> Opened:
        return Opened(self.added + other.added, self.withdrawn + other.withdrawn)


@dataclass(frozen=True, slots=True)
class Turn:
    """One deadline of a cadence, in the authority of the actor."""

    playbook: Playbook
    cadence: Cadence
    window: Window
    day: date
    actor: Actor

    @property
    def is_by_crew(self) -> bool:
        """A share is counted over all the people of an enterprise: by crews it would be rounded up often."""
        return self.cadence.share_percent is None

    @property
    def quota(self) -> Quota | None:
        percent = self.cadence.share_percent
        return Quota(percent, self.cadence.at_least or 1) if percent is not None else None


def open_rolls(authority_id: UUID, day: date, now: datetime) -> Opened:
    """Everybody whom a cadence asks on the day stands on one roll of a crew of an enterprise at work.

    Safe to run twice, or at once: a second run adds who came since and, up to the deadline, withdraws who
    left or moved. Of several cadences for one kind of duty the first that holds for a person counts. A day
    without a playbook has no rolls.
    """
    actor = system_actor(authority_id, "clock")
    total = Opened()
    with acting_for(authority_id):
        try:
            playbook = get_in_force(day).playbook
        except NotFound:
            return total
        for rules in _by_kind(playbook.cadences_of_people(day)):
            judge = Judge(playbook, rules, day)
            for cadence in rules:
                for window in playbook.windows_on(cadence, day):
                    total += _open(Turn(playbook, cadence, window, day, actor), judge, now)
    return total


def _by_kind(cadences: Sequence[Cadence]) -> Collection[list[Cadence]]:
    kinds: dict[str, list[Cadence]] = defaultdict(list)
    for cadence in cadences:
        kinds[cadence.duty].append(cadence)
    return kinds.values()


def _open(turn: Turn, judge: Judge, now: datetime) -> Opened:
    withdrawn = _withdraw(turn, now) if now < turn.window.due_at else 0
    rows = not_yet_enrolled(
        turn.actor.authority_id,
        turn.day,
        kind=turn.cadence.duty,
        period=turn.window.period,
        due_at=turn.window.due_at,
    )
    asked = judge.asked_by(turn.cadence, rows)
    return Opened(_enrol(turn, asked, now) if asked else 0, withdrawn)


def _withdraw(turn: Turn, now: datetime) -> int:
    gone = misplaced(
        turn.actor.authority_id,
        turn.day,
        kind=turn.cadence.duty,
        period=turn.window.period,
        by_crew=turn.is_by_crew,
    )
    if not gone:
        return 0
    with operation("people.withdraw_from_rolls", actor=turn.actor, now=now) as op:
        number = withdraw_entries(gone, at=now, op=op)
        op.audit(None, _said(turn, number))
        return number


def _enrol(turn: Turn, asked: Sequence[Asked], now: datetime) -> int:
    with operation("people.open_rolls", actor=turn.actor, now=now) as op:
        groups: dict[tuple[UUID, str], list[RollEntry]] = defaultdict(list)
        for each in asked:
            crew = each.crew if turn.is_by_crew else ""
            groups[each.enterprise_id, crew].append(RollEntry(each.person_id, each.name))
        places = places_of(turn.actor, {enterprise for enterprise, _crew in groups})
        crews = _crews(groups, op)
        rolls = [
            _roll(turn, places[enterprise], crews.get((enterprise, crew)), entries)
            for (enterprise, crew), entries in groups.items()
        ]
        number = owe_rolls(rolls, kind=turn.cadence.duty, op=op)
        op.audit(None, _said(turn, number))
        return number


def _said(turn: Turn, number: int) -> dict[str, object]:
    return {"kind": turn.cadence.duty, "period": turn.window.period, "people": number}


def _crews(groups: Collection[tuple[UUID, str]], op: Operation) -> dict[tuple[UUID, str], Crew]:
    """The crews of these names, their rows made where nobody has led them yet."""
    named = [(enterprise, name) for enterprise, name in groups if name]
    within = {enterprise for enterprise, _name in named}
    known = crews_of(op.actor.authority_id, within)
    new = [
        Crew(authority_id=op.actor.authority_id, enterprise_id=enterprise, name=name, recorded_at=op.now)
        for enterprise, name in named
        if (enterprise, name) not in known
    ]
    if not new:
        return known
    Crew.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return crews_of(op.actor.authority_id, within)


def _roll(turn: Turn, place: Workplace, crew: Crew | None, entries: Sequence[RollEntry]) -> Roll:
    window = turn.window
    subject = DutySubject("enterprise", place.id, place.name, "")
    if crew is not None:
        subject = DutySubject("crew", crew.id, f"{place.name} · {crew.name}", "")
    return Roll(
        subject=subject,
        owner=owner_of(crew, place),
        period=window.period,
        opened_at=window.opens_at,
        due_at=window.due_at,
        entries=entries,
        enterprise_id=place.id,
        quota=turn.quota,
        calls=_calls(turn, place),
        remind_at=turn.playbook.reminders_of(turn.cadence, window),
        is_urgent=turn.cadence.is_urgent,
    )


def _calls(turn: Turn, place: Workplace) -> list[Call]:
    """A body is called through those who keep the files of its people; the leadership as such."""
    if turn.cadence.clock is None:
        return []
    return [
        Call(
            at=each.at,
            permission=LEAD if each.body in _LEADERSHIP else REGISTER,
            name_zh=each.name.zh,
            name_en=each.name.en,
            posts=each.posts,
            enterprise_id=place.id if each.posts else None,
        )
        for each in turn.playbook.called_after(turn.window.due_at, turn.cadence.clock)
    ]
