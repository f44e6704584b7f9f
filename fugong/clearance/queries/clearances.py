"""Reading the level of a person, in the words of the playbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from fugong.clearance.models import Clearance as Row
from fugong.clearance.queries.law import law_in_force, table_of
from fugong.core.bilingual import in_language
from fugong.playbooks.facts import ClearanceTable, GroundKind, Level


@dataclass(frozen=True, slots=True)
class WhyLevel:
    """One ground, as it was found when the level was computed."""

    kind: GroundKind
    key: str
    level: str
    met: bool
    name_zh: str
    name_en: str
    clause: str
    evidence: str
    source: str
    url: str
    since: datetime | None
    until: datetime | None

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def restricts(self) -> bool:
        return self.kind is not GroundKind.REQUIREMENT

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> WhyLevel:
        moments = {name: _moment(kept[name]) for name in ("since", "until")}
        return cls(**{**kept, "kind": GroundKind(kept["kind"]), **moments})


@dataclass(frozen=True, slots=True)
class Clearance:
    """The level as it reads now. `asks`: the record does not say enough, or nobody has looked for too long.

    `level` is an id of the playbook's levels; its name, colour and meaning are in `words`, None where no
    playbook in force knows levels.
    """

    person_id: UUID
    level: str
    asks: bool
    since: datetime | None = None
    until: datetime | None = None
    reasons: tuple[WhyLevel, ...] = ()
    version_id: UUID | None = None
    words: Level | None = field(default=None, repr=False)
    is_free: bool = False

    @property
    def name(self) -> str:
        return in_language(self.words.name.zh, self.words.name.en) if self.words else ""

    @property
    def may_work(self) -> bool:
        return self.words is not None and self.words.may_work


def clearance_of(person_id: UUID, *, now: datetime) -> Clearance:
    """Past its `until`, and for somebody nothing was computed of, it reads the level that asks."""
    return clearances_of([person_id], now=now)[person_id]


def clearances_of(ids: Iterable[UUID], *, now: datetime) -> dict[UUID, Clearance]:
    """For each id. One statement, and one more for each playbook version among them."""
    wanted = list(ids)
    rows = {row.person_id: row for row in Row.objects.filter(person_id__in=wanted)}
    versions = {row.playbook_version_id for row in rows.values()}
    tables = {version: table_of(version) for version in versions}
    found = {id_: read(row, tables[row.playbook_version_id], now=now) for id_, row in rows.items()}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        found |= _unknown(missing, now=now)
    return found


def read(row: Row, table: ClearanceTable | None, *, now: datetime) -> Clearance:
    holds = row.holds(now)
    level = row.level_at(now)
    return Clearance(
        person_id=row.person_id,
        level=level,
        asks=row.asks if holds else True,
        since=row.since if holds else row.until,
        until=row.until if holds else None,
        reasons=tuple(map(WhyLevel.from_json, row.reasons)) if holds else (),
        version_id=row.playbook_version_id,
        words=table.levels.get(level) if table else None,
        is_free=_is_free(level, table),
    )


def _unknown(ids: Iterable[UUID], *, now: datetime) -> dict[UUID, Clearance]:
    law = law_in_force(now)
    words = law.table.levels.get(law.unknown) if law.table else None
    version = law.current.version_id if law.current else None
    return {id_: Clearance(id_, level=law.unknown, asks=True, version_id=version, words=words) for id_ in ids}


def _is_free(level: str, table: ClearanceTable | None) -> bool:
    return table is not None and next(iter(table.levels), "") == level


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
