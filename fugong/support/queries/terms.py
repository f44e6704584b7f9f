"""What the playbook in force says about difficulties: their kinds, who takes them up, and the clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language

from fugong.duties.choices import LEAD, Call
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import BodyKind
from fugong.playbooks.queries import PlaybookInForce
from fugong.support.choices import ANSWER, ANSWER_CLOCK, ASSIGN, FALLBACK_DAYS, Category
from fugong.support.rules import fallback_due

Names = tuple[str, str]

# What somebody must hold to be called for a body of this kind, or (None) for a post of no body. Departments
# answer; whoever stands above them hands difficulties out.
_PERMISSIONS: Final[Mapping[BodyKind | None, str]] = {
    None: ASSIGN,
    BodyKind.TERRITORY: ASSIGN,
    BodyKind.HEADQUARTERS: ASSIGN,
    BodyKind.LEADING_GROUP: ASSIGN,
    BodyKind.AUTHORITY: LEAD,
    BodyKind.HIGHER_AUTHORITY: LEAD,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """One version's word on difficulties, on one day. Where it is silent, the fallbacks of `choices` hold."""

    in_force: PlaybookInForce
    on: date

    @property
    def version_id(self) -> UUID:
        return self.in_force.version_id

    def categories(self) -> list[tuple[str, str | Promise]]:
        """The kinds to choose from, in the reader's language."""
        language = get_language() or ""
        kinds = playbooks.list_difficulty_kinds(self.in_force.playbook, self.on)
        named: list[tuple[str, str | Promise]] = [
            (kind.id, kind.name.in_language(language)) for kind in kinds
        ]
        return named or [(category.value, category.label) for category in Category]

    def category_names(self, category: str) -> Names | None:
        """The kind's names (Chinese, English); empty for a fallback; None where there is no such kind."""
        kinds = playbooks.list_difficulty_kinds(self.in_force.playbook, self.on)
        if not kinds:
            return ("", "") if category in Category.values else None
        return next(((kind.name.zh, kind.name.en) for kind in kinds if kind.id == category), None)

    def bodies(self) -> list[tuple[str, str]]:
        """The offices that may take a difficulty up, in the reader's language."""
        language = get_language() or ""
        bodies = self.in_force.playbook.policy.organisation.bodies
        return [(key, body.name.in_language(language)) for key, body in bodies.items()]

    def body_names(self, body: str) -> Names | None:
        found = self.in_force.playbook.policy.organisation.bodies.get(body)
        return (found.name.zh, found.name.en) if found else None

    def lead(self, category: str) -> str:
        """The office the playbook names for this kind; empty where it names none."""
        kind = self.in_force.playbook.policy.difficulties.get(category)
        return kind.lead if kind else ""

    def due(self, clock: str, *, start: datetime, category: str = "") -> datetime:
        """When `clock` runs out; for the answer, the kind's own clock comes first."""
        key = self._key(clock, category)
        if key is not None:
            return playbooks.due_by(self.in_force.playbook, key, start=start)
        return fallback_due(start, FALLBACK_DAYS[clock])

    def calls(self, clock: str, *, due_at: datetime, category: str, enterprise_id: UUID) -> list[Call]:
        """Whom silence calls after the deadline that `clock` has set.

        Where the playbook has no such clock, an answer that does not come calls those who hand out.
        """
        key = self._key(clock, category)
        if key is None:
            return [Call(at=due_at, permission=ASSIGN)] if clock == ANSWER_CLOCK else []
        return [
            Call(
                at=each.at,
                permission=_PERMISSIONS.get(each.body, ANSWER),
                name_zh=each.name.zh,
                name_en=each.name.en,
                posts=each.posts,
                enterprise_id=enterprise_id if each.posts else None,
            )
            for each in self.in_force.playbook.called_after(due_at, key)
        ]

    def reminders(self, clock: str, *, due_at: datetime, category: str) -> tuple[datetime, ...]:
        key = self._key(clock, category)
        return self.in_force.playbook.warned_before(due_at, key) if key is not None else ()

    def _key(self, clock: str, category: str) -> str | None:
        policy = self.in_force.playbook.policy
        kind = policy.difficulties.get(category)
        key = kind.clock if kind and kind.clock and clock == ANSWER_CLOCK else clock
        return key if key in policy.clocks else None


def get_terms(on: date) -> Terms:
    """Raises `NotFound` when no playbook was in force on that day."""
    return Terms(playbooks.get_in_force(on), on)
