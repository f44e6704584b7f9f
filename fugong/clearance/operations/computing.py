"""The level anew, in the transaction of what changes it: nobody is free longer than the record says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from fugong.clearance import facts
from fugong.clearance.choices import ASK, FILE
from fugong.clearance.models import Clearance, Evidence
from fugong.clearance.operations import storing
from fugong.clearance.operations.wording import decision_of, kept_grounds
from fugong.clearance.queries.grounds import OnFile, evidence_of, recorded, some_of
from fugong.clearance.queries.law import LawInForce, law_in_force
from fugong.core.canonical import Json
from fugong.core.clock import local_date
from fugong.core.decisions import Decision
from fugong.core.decisions.recording import record_decisions
from fugong.core.operation import Operation
from fugong.playbooks.facts import Recorded, Standing, level_of

NEVER_COMPUTED = ""
AT_ONCE = 1000
OVERTAKEN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Change:
    """Another level than before; empty before: there was no row."""

    row: Clearance
    before: str


def recompute(person_ids: Iterable[UUID], *, op: Operation, law: LawInForce | None = None) -> list[Change]:
    """Locks the rows in the order of their people. Records decisions and facts; the caller audits.

    Whoever has no file is left out.
    """
    law = law or law_in_force(op.now)
    needs = law.law.needs if law.law else frozenset()
    changes: list[Change] = []
    for part in some_of(person_ids, needs, on=local_date(op.now)):
        changes += _recomputed(part, law, op)
    return changes


def _recomputed(part: list[OnFile], law: LawInForce, op: Operation) -> list[Change]:
    """A row that somebody else adds meanwhile is theirs to have added: it is locked, and computed again."""
    known = {each.id: each for each in part}
    rows = storing.locked(known)
    there = {row.person_id for row in rows}
    missing = [_blank(id_, law, op) for id_ in known if id_ not in there]
    evidence = evidence_of(known, law.kinds, now=op.now)
    bench = Bench(law, _moment(rows, op))
    before = [(row, row.level, _said(row)) for row in rows]
    for row in (*rows, *missing):
        bench.apply(row, known[row.person_id], evidence.get(row.person_id, []))
    storing.change([row for row, _level, said in before if _said(row) != said])
    added = storing.add(missing)
    changes = [Change(row, level) for row, level, _said in before if row.level != level]
    changes += [Change(row, NEVER_COMPUTED) for row in missing if row.person_id in added]
    _tell(changes, law, op)
    taken = [known[row.person_id] for row in missing if row.person_id not in added]
    return changes + (_recomputed(taken, law, op) if taken else [])


def _moment(rows: list[Clearance], op: Operation) -> datetime:
    """Who began earlier may come to the rows later: what was seen at their last moment is not unseen.

    Else a job that began a second before a fever would write the level of before it. A row from far ahead
    was written by a clock that was wrong, and holds nobody.
    """
    newest = max((row.computed_at for row in rows), default=op.now)
    return newest if op.now < newest <= op.now + OVERTAKEN else op.now


@dataclass
class Bench:
    """Computes one person after the other. Those of whom the same is on record, such as nothing but the file,
    are judged once.
    """

    law: LawInForce
    now: datetime
    _known: dict[tuple[object, ...], tuple[Standing, list[dict[str, Json]]]] = field(default_factory=dict)

    def apply(self, row: Clearance, known: OnFile, evidence: list[Evidence]) -> None:
        """Writes into the row what holds now. A level that has not lapsed and stays keeps its beginning."""
        row.law, row.computed_at, row.lapses_to = self.law.key, self.now, self.law.unknown
        current = self.law.current
        row.playbook_version_id = current.version_id if current else None
        standing, row.reasons = self._judged(known, evidence)
        goes_on = row.level == standing.level and row.holds(self.now)
        since = standing.since or self.now
        row.since = min(row.since, since) if goes_on else since
        row.level, row.asks, row.until = standing.level, standing.asks, standing.until

    def _judged(self, known: OnFile, evidence: list[Evidence]) -> tuple[Standing, list[dict[str, Json]]]:
        if self.law.law is None or self.law.current is None:
            return Standing(ASK, True, None, self.law.ends_at, ()), []
        rows = (*map(recorded, evidence), Recorded("", FILE, known.recorded_at))
        # Facts that are alike are one object, as long as these people are looked at.
        key = (id(known.facts) if known.facts else 0, *rows)
        if key not in self._known:
            standing = self.law.limited(level_of(rows, known.facts, self.law.law, self.now))
            by_id = {str(each.id): each for each in evidence}
            kept = kept_grounds(standing.grounds, self.law.current.playbook, by_id)
            self._known[key] = standing, kept
        return self._known[key]


def _blank(person_id: UUID, law: LawInForce, op: Operation) -> Clearance:
    return Clearance(
        authority_id=op.actor.authority_id,
        person_id=person_id,
        level=NEVER_COMPUTED,
        lapses_to=law.unknown,
        asks=True,
        since=op.now,
        reasons=[],
        law="",
        computed_at=op.now,
    )


def _said(row: Clearance) -> tuple[object, ...]:
    return (row.level, row.lapses_to, row.asks, row.since, row.until, row.reasons, row.law)


def _tell(changes: list[Change], law: LawInForce, op: Operation) -> None:
    """Who is at one level for the very same reasons shares the decision."""
    playbook = law.current.playbook if law.current else None
    taken: dict[tuple[str, int], Decision] = {}
    for row in (change.row for change in changes):
        key = (row.level, id(row.reasons))
        taken[key] = taken.get(key) or decision_of(row.level, row.reasons, playbook, at=op.now)
    rows = [(taken[change.row.level, id(change.row.reasons)], change.row) for change in changes]
    record_decisions(rows, actor=op.actor)
    known = [change for change in changes if change.before != NEVER_COMPUTED]
    op.fact_each(facts.LEVEL_CHANGED, map(fact_of, known))


def fact_of(change: Change) -> dict[str, object]:
    return {
        "person": str(change.row.person_id),
        "before": change.before,
        "level": change.row.level,
        "asks": change.row.asks,
    }
