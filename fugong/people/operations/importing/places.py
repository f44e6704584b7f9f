"""The enterprises that a list may name, looked up once for a file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.names import name_key
from fugong.core.sheets.cells import BadCell, text_of
from fugong.core.sheets.reading import Cell
from fugong.enterprises import queries as enterprises
from fugong.people import permissions


@dataclass(frozen=True, slots=True)
class Place:
    id: UUID
    area_id: UUID
    name: str
    name_key: str
    credit_code: str
    left_on: date | None


class Places:
    """`only` is the enterprise for which the list is handed in, if it is for one."""

    def __init__(self, actor: Actor, only: UUID | None) -> None:
        fields = Place.__dataclass_fields__
        seen = [Place(*row) for row in enterprises.list_enterprises(actor).values_list(*fields)]
        self.only = only
        self._by_id = {place.id: place for place in seen}
        self._ours = {place.id for place in seen if permissions.may_register_at(actor, place)}
        self._seen = {place.id for place in seen if permissions.may_see_at(actor, place)}
        self._sees_all = actor.reach(permissions.SEE).everywhere
        self._spelt: dict[str, list[Place]] = defaultdict(list)
        for place in seen:
            if place.id in self._ours:
                self._spelt[place.name_key].append(place)
                self._spelt[name_key(place.credit_code)].append(place)
        self._found: dict[str, UUID] = {}

    def find(self, cell: Cell) -> UUID:
        """By name or credit code. Raises BadCell."""
        text = text_of(cell)
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._find(text)
        return found

    def is_ours(self, enterprise_id: UUID | None) -> bool:
        """Whether the actor keeps files there; of somebody employed nowhere, anybody may take them on."""
        return enterprise_id is None or enterprise_id in self._ours

    def is_seen(self, enterprise_id: UUID | None) -> bool:
        return self._sees_all or enterprise_id in self._seen

    def present(self) -> list[UUID]:
        """Where somebody may be taken on."""
        return [id_ for id_ in self._ours if self._by_id[id_].left_on is None]

    def _find(self, text: str) -> UUID:
        named = self._spelt.get(name_key(text), [])
        if self.only is not None and all(place.id != self.only for place in named):
            raise BadCell("enterprise_differs", name=self._by_id[self.only].name, value=text)
        if self.only is not None:
            return self.only
        present = [place for place in named if place.left_on is None]
        if len(present) > 1:
            raise BadCell("enterprise_not_clear", value=text)
        if present:
            return present[0].id
        for place in named:
            raise BadCell("enterprise_left", name=place.name, day=str(place.left_on))
        raise BadCell("unknown_enterprise", value=text)
