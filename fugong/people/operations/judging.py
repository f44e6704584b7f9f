"""Whom of the people at work a cadence asks: each different set of facts is judged once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from fugong.people.facts import PERSON_FACTS
from fugong.people.models import Employment
from fugong.people.queries.at_work import judged_facts
from fugong.people.queries.facts import columns_behind
from fugong.playbooks.facts import Cadence, Playbook

_ALWAYS: Final = ("id", "person_id", "person__name", "enterprise_id", "crew")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom a cadence asks, and where."""

    person_id: UUID
    name: str
    enterprise_id: UUID
    crew: str


class Judge:
    """The cadences of one kind of duty on one day; the first in the file that holds for a person counts."""

    def __init__(self, playbook: Playbook, rules: Sequence[Cadence], day: date) -> None:
        self._playbook = playbook
        self._rules = rules
        self._day = day
        self._columns = columns_behind(self._names())
        self._judged: dict[tuple[Any, ...], Cadence | None] = {}

    def asked_by(self, cadence: Cadence, rows: QuerySet[Employment]) -> list[Asked]:
        found = list(rows.values_list(*_ALWAYS, *self._columns))
        self._judge(found)
        return list(self._those(cadence, found))

    def _those(self, cadence: Cadence, found: Sequence[tuple[Any, ...]]) -> Iterator[Asked]:
        for _id, person, name, enterprise, crew, *key in found:
            if self._judged[tuple(key)] is cadence:
                yield Asked(person, name, enterprise, crew)

    def _judge(self, found: Sequence[tuple[Any, ...]]) -> None:
        examples = {tuple(row[len(_ALWAYS) :]): row[0] for row in found}
        unknown = {key: id_ for key, id_ in examples.items() if key not in self._judged}
        facts = judged_facts(unknown.values(), on=self._day) if unknown else {}
        for key, id_ in unknown.items():
            self._judged[key] = self._first(facts[id_])

    def _first(self, facts: dict[str, object]) -> Cadence | None:
        prepared = PERSON_FACTS.prepared(facts)
        rules = (each for each in self._rules if self._playbook.is_asked(each, prepared, self._day))
        return next(rules, None)

    def _names(self) -> set[str]:
        asked: set[str] = {"park"} if any(each.regimes for each in self._rules) else set()
        return asked.union(*(each.who.names for each in self._rules if each.who is not None))
