"""The level anew, in the transaction of what changes it: nobody is free longer than the record says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from fugong.clearance import facts
from fugong.clearance.choices import ASK, FILE
from fugong.clearance.models import Clearance, Evidence
from fugong.clearance.operations.wording import decision_of, kept_grounds
from fugong.clearance.queries.grounds import OnFile, evidence_of, recorded, some_of
from fugong.clearance.queries.law import LawInForce, law_in_force
from fugong.core.clock import local_date
from fugong.core.decisions.recording import record_decisions
from fugong.core.operation import Operation
from fugong.playbooks.facts import Recorded, Standing, level_of

COLUMNS = (
    "level",
    "lapses_to",
    "asks",
    "since",
    "until",
    "reasons",
    "playbook_version",
    "law",
    "computed_at",
)
NEVER_COMPUTED = ""
AT_ONCE = 1000


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
    known = {each.id: each for each in part}
    rows = _locked(sorted(known), law, op)
    evidence = evidence_of(known, now=op.now)
    bench = Bench(law, op.now)
    changes, touched = [], []
    for row in rows:
        before, level_before = _said(row), row.level
        bench.apply(row, known[row.person_id], evidence.get(row.person_id, []))
        if _said(row) != before:
            touched.append(row)
        if row.level != level_before:
            changes.append(Change(row, level_before))
    _store(touched)
    _tell(changes, law, op)
    return changes


@dataclass
class Bench:
    """Computes one person after the other."""

    law: LawInForce
    now: datetime

    def apply(self, row: Clearance, known: OnFile, evidence: list[Evidence]) -> None:
        """Writes into the row what holds now. A level that has not lapsed and stays keeps its beginning."""
        row.law, row.computed_at, row.lapses_to = self.law.key, self.now, self.law.unknown
        current = self.law.current
        row.playbook_version_id = current.version_id if current else None
        if self.law.law is None or current is None:
            self._put(row, Standing(ASK, True, None, self.law.ends_at, ()))
            row.reasons = []
            return
        standing = self.standing(known, evidence)
        self._put(row, standing)
        by_id = {str(each.id): each for each in evidence}
        row.reasons = kept_grounds(standing.grounds, current.playbook, by_id)

    def standing(self, known: OnFile, evidence: Iterable[Evidence]) -> Standing:
        assert self.law.law is not None
        rows = [*map(recorded, evidence), Recorded("", FILE, known.recorded_at)]
        found = level_of(rows, known.facts, self.law.law, self.now)
        return self.law.limited(found)

    def _put(self, row: Clearance, standing: Standing) -> None:
        goes_on = row.level == standing.level and row.holds(self.now)
        since = standing.since or self.now
        row.since = min(row.since, since) if goes_on else since
        row.level, row.asks, row.until = standing.level, standing.asks, standing.until


def _locked(ids: list[UUID], law: LawInForce, op: Operation) -> list[Clearance]:
    """A row for each; of two who make it at once, the second waits and finds it."""
    rows = list(_for_update(ids))
    if len(rows) < len(ids):
        there = {row.person_id for row in rows}
        blank = [_blank(id_, law, op) for id_ in ids if id_ not in there]
        Clearance.objects.bulk_create(blank, ignore_conflicts=True, batch_size=AT_ONCE)
        rows = list(_for_update(ids))
    return rows


def _for_update(ids: list[UUID]) -> QuerySet[Clearance]:
    rows = Clearance.objects.filter(person_id__in=ids).order_by("person_id")
    return rows.select_for_update(of=("self",))


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


def _store(rows: list[Clearance]) -> None:
    Clearance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS, batch_size=AT_ONCE
    )


def _tell(changes: list[Change], law: LawInForce, op: Operation) -> None:
    playbook = law.current.playbook if law.current else None
    decisions = [
        (decision_of(change.row.level, change.row.reasons, playbook, at=op.now), change.row)
        for change in changes
    ]
    record_decisions(decisions, actor=op.actor)
    known = [change for change in changes if change.before != NEVER_COMPUTED]
    op.fact_each(facts.LEVEL_CHANGED, map(fact_of, known))


def fact_of(change: Change) -> dict[str, object]:
    return {
        "person": str(change.row.person_id),
        "before": change.before,
        "level": change.row.level,
        "asks": change.row.asks,
    }
