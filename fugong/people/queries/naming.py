"""Everybody whom a condition names: asked once for each different set of facts, not once for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from fugong.people.facts import PERSON_FACTS
from fugong.people.models import Employment, Person
from fugong.people.queries.facts import facts_of
from fugong.playbooks.facts import Condition

PLACE: Final = ("enterprise_id",)
WORK: Final = ("crew", "post", "room", "shift", "starts_on")
"""Columns of the open employment; all others are the person's own."""
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "document_kind": ("document_kind",),
    "home_region": ("home_region",),
    "home_province": ("home_region",),
    "home_city": ("home_region",),
    "stayed_in": ("travel",),
    "is_employed": PLACE,
    "kind": PLACE,
    "size_class": PLACE,
    "industry": PLACE,
    "tags": PLACE,
    "park": PLACE,
    "post": ("post",),
    "shift": ("shift",),
    "crew": ("crew",),
    "room": ("room",),
    "days_employed": ("starts_on",),
}
"""From which columns each fact of `PERSON_FACTS` follows."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody on a list, with where he or she works now."""

    person_id: UUID
    enterprise_id: UUID | None
    area_id: UUID | None


def named_by(
    condition: Condition, *, authority_id: UUID, on: date, areas: Collection[UUID] | None = None
) -> list[NamedPerson]:
    """All of the authority, or those who work in these areas. The caller answers for who may know.

    Costs a row of some columns for each person, and one judgement for each different set of facts.
    """
    alike = _alike(condition, authority_id=authority_id, areas=areas)
    samples = _samples(authority_id, [people[0].person_id for people in alike])
    return [
        named
        for people in alike
        if _holds(condition, samples[people[0].person_id], on=on)
        for named in people
    ]


def _alike(
    condition: Condition, *, authority_id: UUID, areas: Collection[UUID] | None
) -> list[list[NamedPerson]]:
    wanted = sorted({column for name in condition.names for column in COLUMNS[name]} - {*WORK})
    working = sorted({column for name in condition.names for column in COLUMNS[name]} & {*WORK})
    rows = Person.objects.filter(authority_id=authority_id)
    if areas is not None:
        rows = rows.filter(enterprise__area_id__in=areas)
    # Two plain statements put together here: right after a large import, without statistics, PostgreSQL
    # joined the two tables row by row.
    work = _work(authority_id, working) if working else {}
    found: defaultdict[Any, list[NamedPerson]] = defaultdict(list)
    for id_, enterprise_id, area_id, *values in rows.order_by().values_list(
        "id", "enterprise_id", "enterprise__area_id", *wanted
    ):
        found[str((values, work.get(id_)))].append(NamedPerson(id_, enterprise_id, area_id))
    return list(found.values())


def _work(authority_id: UUID, columns: Collection[str]) -> dict[UUID, tuple[object, ...]]:
    """The open employment of each person, as far as these columns."""
    rows = Employment.objects.filter(authority_id=authority_id, ends_on=None).order_by()
    return {id_: tuple(values) for id_, *values in rows.values_list("person_id", *columns)}


def _samples(authority_id: UUID, ids: list[UUID]) -> dict[UUID, tuple[Person, Employment | None]]:
    """One person of each set, with all that its facts need: three statements, however many sets."""
    people = Person.objects.filter(authority_id=authority_id, id__in=ids).select_related("enterprise__area")
    work = Employment.objects.filter(authority_id=authority_id, person_id__in=ids, ends_on=None)
    running = {row.person_id: row for row in work}
    return {person.id: (person, running.get(person.id)) for person in people}


def _holds(condition: Condition, sample: tuple[Person, Employment | None], *, on: date) -> bool:
    person, employment = sample
    return condition.holds(PERSON_FACTS.prepared(facts_of(person, employment, on=on)))
