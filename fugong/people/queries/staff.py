"""Where people work now, in one statement: for contexts above that write about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from fugong.core.actor import Actor
from fugong.people.models import Crew, Person
from fugong.people.queries.people import hash_of
from fugong.people.rules.documents import normalised


@dataclass(frozen=True, slots=True)
class Workplace:
    """An enterprise, as far as a permission asks about it."""

    id: UUID
    area_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class AtWork:
    """A person with the present workplace, crew and shift, if any."""

    person_id: UUID
    name: str
    place: Workplace | None
    crew: str
    shift: str = ""


def at_work(person_ids: Collection[UUID], *, actor: Actor) -> dict[UUID, AtWork]:
    """Of the whole authority: the caller answers for who may act on these people."""
    rows = Person.objects.filter(authority_id=actor.authority_id, id__in=person_ids)
    return {found.person_id: found for found in map(_read, _joined(rows))}


def ids_by_document(numbers: Collection[str], *, actor: Actor) -> dict[str, UUID]:
    """Of the whole authority, by numbers as they were read. The caller answers for who may know."""
    hashes = {number: hash_of("document_hash", normalised(number)) for number in numbers}
    wanted = {found: number for number, found in hashes.items() if found}
    rows = Person.objects.filter(authority_id=actor.authority_id, document_hash__in=list(wanted))
    files = rows.values_list(Coalesce("merged_into_id", "id"), "document_hash")
    ids = {bytes(found): who for who, found in files}
    return {number: ids[found] for found, number in wanted.items() if found in ids}


def staff_of(enterprise_id: UUID, *, actor: Actor) -> list[AtWork]:
    """Who works there now, by crew and name. The caller answers for who may see them."""
    rows = Person.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    return [_read(row) for row in _joined(rows).order_by("crew", "name_pinyin", "id")]


def crews_led_by(actor: Actor) -> dict[UUID, frozenset[str]]:
    """The names of the crews that this user, or this worker, leads, by enterprise. A worker who has left the
    enterprise leads nobody there, and sees nobody.
    """
    found: dict[UUID, set[str]] = {}
    for place, name in led_crews(actor).values_list("enterprise_id", "name"):
        found.setdefault(place, set()).add(name)
    return {place: frozenset(names) for place, names in found.items()}


def led_crews(actor: Actor) -> QuerySet[Crew]:
    rows = Crew.objects.filter(authority_id=actor.authority_id)
    if actor.user_id is not None:
        return rows.filter(leader_user_id=actor.user_id)
    if actor.person_id is None:
        return rows.none()
    is_leader = Q(leader_person=actor.person_id) | Q(leader_person__merged_into=actor.person_id)
    workplace = Person.objects.filter(authority_id=actor.authority_id, id=actor.person_id)
    return rows.filter(is_leader, enterprise_id__in=workplace.values("enterprise_id"))


def _joined(rows: QuerySet[Person]) -> QuerySet[Any, Any]:
    work = FilteredRelation("employments", condition=Q(employments__ends_on=None))
    return rows.annotate(work=work, crew=F("work__crew"), shift=F("work__shift")).values_list(
        "id", "name", "enterprise_id", "enterprise__area_id", "enterprise__name", "crew", "shift"
    )


def _read(row: tuple[UUID, str, UUID | None, UUID | None, str | None, str | None, str | None]) -> AtWork:
    person_id, name, place_id, area_id, place_name, crew, shift = row
    place = Workplace(place_id, area_id, place_name or "") if place_id and area_id else None
    return AtWork(person_id, name, place, crew or "", shift or "")
