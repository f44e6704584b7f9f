"""What playbook conditions may ask of a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from fugong.enterprises import queries as enterprises
from fugong.people.models import Employment, Person
from fugong.people.rules.travel import stayed_in


def facts_of(person: Person, employment: Employment | None, *, on: date) -> dict[str, object]:
    """By the names of `facts.PERSON_FACTS`. Load the person with its enterprise and that one's area.

    `employment` is the open one; people of whom the same is said have equal facts, so that a rule over many
    need be asked once for each different set.
    """
    said: dict[str, object] = {
        "document_kind": person.document_kind,
        "home_region": person.home_region,
        "home_province": _padded(person.home_region[:2]),
        "home_city": _padded(person.home_region[:4]),
        "stayed_in": stayed_in(person.travel, on=on),
        "is_employed": person.enterprise is not None,
        "tags": [],
        "park": "",
    }
    return said | _workplace(person) | _work(employment, on)


_COLUMNS: Final = {
    "document_kind": "person__document_kind",
    "home_region": "person__home_region",
    "home_province": "person__home_region",
    "home_city": "person__home_region",
    "post": "post",
    "shift": "shift",
    "crew": "crew",
    "room": "room",
    "days_employed": "starts_on",
}
_WORKPLACE: Final = frozenset({"kind", "size_class", "industry", "tags", "park"})


def columns_behind(names: Collection[str]) -> list[str]:
    """The columns of `Employment` on which these facts stand: who agrees in them is judged once."""
    columns = {_COLUMNS[name] for name in names if name in _COLUMNS}
    return sorted(columns | ({"enterprise_id"} if _WORKPLACE & set(names) else set()))


def _padded(digits: str) -> str:
    return digits.ljust(6, "0") if digits else ""


def _workplace(person: Person) -> dict[str, object]:
    if person.enterprise is None:
        return {}
    place = enterprises.facts_of(person.enterprise)
    return {name: place[name] for name in ("kind", "size_class", "industry", "tags", "park")}


def _work(employment: Employment | None, on: date) -> dict[str, object]:
    if employment is None:
        return {"post": "", "shift": "", "crew": "", "room": ""}
    return {
        "post": employment.post,
        "shift": employment.shift,
        "crew": employment.crew,
        "room": employment.room,
        "days_employed": (on - employment.starts_on).days,
    }
