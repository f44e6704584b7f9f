"""A playbook that is not in force, tried on everybody: whose level would be another, before it is ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fugong.clearance.choices import ASK
from fugong.clearance.models import Evidence
from fugong.clearance.queries.grounds import Everybody, everybody, evidence_of, recorded
from fugong.clearance.queries.law import law_in_force
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
    needs = frozenset().union(*(period.needs for period in (old, new) if period))
    judges = _Judge(old, at), _Judge(new, at)
    for part in everybody(needs, on=local_date(at)):
        looked_at += len(part)
        evidence = evidence_of((each.id for each in part), now=now)
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
class _Judge:
    """One playbook at one moment; the answer for the same grounds is kept."""

    period: Period | None
    at: datetime
    _known: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def level(self, person: Everybody, evidence: Iterable[Evidence]) -> str:
        if self.period is None:
            return ASK
        rows = [*map(recorded, evidence), Recorded("", FILE, person.recorded_at)]
        key = (id(person.facts) if person.facts else 0, *map(self._same, rows))
        if key not in self._known:
            self._known[key] = level_at(rows, person.facts, self.period, self.at)
        return self._known[key]

    def _same(self, row: Recorded) -> tuple[object, ...]:
        """How old a file is matters only where a rule asks for its age."""
        if row.kind == FILE and not self._asks_age_of_file:
            return (FILE,)
        return (row.kind, row.since, row.until, row.level)

    def __post_init__(self) -> None:
        table = self.period.table if self.period else None
        aged = [each for each in (table.requires.values() if table else ()) if each.within_hours]
        ruled = table.rules.values() if table else ()
        self._asks_age_of_file = any(each.evidence == FILE for each in (*aged, *ruled))


def named_level(level: str, table: ClearanceTable | None) -> Mapping[str, str]:
    """Its name in both languages; the id where that playbook knows no levels."""
    words = table.levels.get(level) if table else None
    return {"zh": words.name.zh, "en": words.name.en} if words else {"zh": level, "en": level}
