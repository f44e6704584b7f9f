"""A playbook that is not in force, tried on everybody: whose level would be another, before it is ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from fugong.clearance.choices import ASK
from fugong.clearance.queries.grounds import OnFile, everybody, recorded_of
from fugong.clearance.queries.law import kinds_of, law_in_force
from fugong.core.clock import local_date
from fugong.playbooks.facts import FILE, ClearanceTable, Period, Playbook, Recorded, level_at, midnight_of


@dataclass(frozen=True, slots=True)
class Turn:
    """From one level to another, and who. The words are each playbook's own."""

    before: str
    after: str
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`turns` with the most people first; `looked_at` counts everybody."""

    at: datetime
    looked_at: int
    turns: tuple[Turn, ...]
    before: ClearanceTable | None
    after: ClearanceTable | None

    @property
    def changed(self) -> int:
        return sum(len(turn.people) for turn in self.turns)


def rehearse(playbook: Playbook, *, from_day: date, now: datetime) -> Rehearsal:
    """By the evidence that is on record now, at the moment the playbook would come into force.

    Writes nothing. People of whom the same is on record are judged once.
    """
    at = max(now, midnight_of(from_day))
    # The law of that moment, were this playbook not ordered.
    current = law_in_force(at).law
    old = Period(None, current.periods[0].policy) if current else None
    new = Period(None, playbook.policy) if playbook.policy.clearance else None
    turned: dict[tuple[str, str], list[UUID]] = {}
    looked_at = 0
    periods = [period for period in (old, new) if period]
    needs, kinds = frozenset().union(*(period.needs for period in periods)), kinds_of(periods)
    judges = Judge(old, at), Judge(new, at)
    for part in everybody(needs, on=local_date(at)):
        looked_at += len(part)
        evidence = recorded_of((each.id for each in part), kinds, now=now)
        for person in part:
            before, after = (judge.level(person, evidence.get(person.id, ())) for judge in judges)
            if before != after:
                turned.setdefault((before, after), []).append(person.id)
    turns = sorted(turned.items(), key=lambda item: -len(item[1]))
    return Rehearsal(
        at,
        looked_at,
        tuple(Turn(*levels, tuple(people)) for levels, people in turns),
        old.table if old else None,
        playbook.policy.clearance,
    )


@dataclass
class Judge:
    """One playbook at one moment. Evidence that all its rules take alike is judged once."""

    period: Period | None
    at: datetime
    _known: dict[tuple[Any, ...], str] = field(default_factory=dict)
    _lasts: dict[str, set[timedelta]] = field(default_factory=dict)
    _exact: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.period is None:
            return
        for rule in self.period.table.rules.values():
            self._note(rule.evidence, timedelta(days=rule.days or 0, hours=rule.hours or 0))
            if rule.relief is not None:
                # Which came first, and how far apart, is told by the very moments.
                self._exact |= {rule.evidence, rule.relief.evidence}
        for asked in self.period.table.requires.values():
            self._note(asked.evidence, timedelta(hours=asked.within_hours or 0))

    def level(self, person: OnFile, evidence: Iterable[Recorded]) -> str:
        if self.period is None:
            return ASK
        rows = [*evidence, Recorded("", FILE, person.recorded_at)]
        key = (id(person.facts) if person.facts else 0, *sorted(map(self._same, rows), key=repr))
        if key not in self._known:
            self._known[key] = level_at(rows, person.facts, self.period, self.at)
        return self._known[key]

    def _note(self, kind: str, lasts: timedelta) -> None:
        self._lasts.setdefault(kind, set()).update({lasts} if lasts else set())

    def _same(self, row: Recorded) -> tuple[object, ...]:
        """What of a piece of evidence makes a difference at this moment."""
        if row.kind in self._exact:
            return (row.kind, row.since, row.until)
        holds = row.since <= self.at and (row.until is None or self.at < row.until)
        if not holds:
            return ()
        age = self.at - row.since
        return (row.kind, row.level, *(age < lasts for lasts in sorted(self._lasts.get(row.kind, ()))))


def named_level(level: str, table: ClearanceTable | None) -> Mapping[str, str]:
    """Its name in both languages; the id where that playbook knows no levels."""
    words = table.levels.get(level) if table else None
    return {"zh": words.name.zh, "en": words.name.en} if words else {"zh": level, "en": level}
