"""What the playbook in force says about difficulties: their kinds, who takes them up, and the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language

from fugong.playbooks import queries as playbooks
from fugong.playbooks.queries import PlaybookInForce
from fugong.support.choices import ANSWER_CLOCK, FALLBACK_DAYS, Category
from fugong.support.rules import fallback_due

Names = tuple[str, str]


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
        policy = self.in_force.playbook.policy
        kind = policy.difficulties.get(category)
        key = kind.clock if kind and kind.clock and clock == ANSWER_CLOCK else clock
        if key in policy.clocks:
            return playbooks.due_by(self.in_force.playbook, key, start=start)
        return fallback_due(start, FALLBACK_DAYS[clock])


def get_terms(on: date) -> Terms:
    """Raises `NotFound` when no playbook was in force on that day."""
    return Terms(playbooks.get_in_force(on), on)
