"""Which levels and rules hold from now on, by the playbooks of the acting authority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from fugong.clearance.choices import ASK, BY_HAND
from fugong.core.clock import local_date
from fugong.playbooks import queries as playbooks
from fugong.playbooks.facts import ClearanceTable, Law, Period, Playbook, Standing, midnight_of
from fugong.playbooks.queries import PlaybookInForce


@dataclass(frozen=True)
class LawInForce:
    """The versions that hold one after the other; `ends_at`: from then on, one that knows no levels.

    `law` is None where the version in force knows none.
    """

    versions: tuple[PlaybookInForce, ...]
    law: Law | None
    ends_at: datetime | None

    @cached_property
    def key(self) -> str:
        """The same as long as the same versions hold in the same order."""
        ids = " ".join(f"{each.version_id}:{each.starts_on}" for each in self.versions)
        return sha256(ids.encode()).hexdigest()[:16]

    @property
    def current(self) -> PlaybookInForce | None:
        return self.versions[0] if self.law else None

    @property
    def table(self) -> ClearanceTable | None:
        return self.law.periods[0].table if self.law else None

    @property
    def unknown(self) -> str:
        return self.table.unknown if self.table else ASK

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of evidence that can set, lift or end a level by any of these versions."""
        return kinds_of(self.law.periods if self.law else ())

    def speaks_of(self, kind: str) -> bool:
        return kind in self.kinds

    def limited(self, standing: Standing) -> Standing:
        ends = [moment for moment in (standing.until, self.ends_at) if moment is not None]
        return replace(standing, until=min(ends, default=None))


def kinds_of(periods: Iterable[Period]) -> frozenset[str]:
    """What these rules speak of, and levels by hand, which need no rule. Other evidence changes nothing."""
    return frozenset({BY_HAND}).union(*(_spoken_of(period.table) for period in periods))


def _spoken_of(table: ClearanceTable) -> set[str]:
    reliefs = {rule.relief.evidence for rule in table.rules.values() if rule.relief}
    required = {each.evidence for each in table.requires.values()}
    return {rule.evidence for rule in table.rules.values()} | reliefs | required


def law_in_force(now: datetime) -> LawInForce:
    today = local_date(now)
    versions = tuple(playbooks.list_in_force_from(today))
    periods: list[Period] = []
    for each in versions:
        starts_at = None if each.starts_on <= today else midnight_of(each.starts_on)
        if each.playbook.policy.clearance is None or (starts_at is not None and not periods):
            # Before it begins there is no rule, and from here on there is none.
            return LawInForce(versions, Law(tuple(periods)) if periods else None, starts_at)
        periods.append(Period(starts_at, each.playbook.policy))
    return LawInForce(versions, Law(tuple(periods)) if periods else None, None)


def table_of(version_id: UUID | None) -> ClearanceTable | None:
    """What the levels of a row mean is said by the playbook by which it was computed."""
    return playbook_of(version_id).policy.clearance if version_id else None


def playbook_of(version_id: UUID) -> Playbook:
    return playbooks.get_version(version_id).playbook
