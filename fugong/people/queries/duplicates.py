"""Files that may be of one person: pairs to look at, among those the actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people.models import FileMerge, Person, TwoPeople
from fugong.people.models.people import PersonQuerySet
from fugong.people.queries.people import hash_of, list_people

MOST: Final = 200
"""Pairs at a time: whoever has worked these asks for the next."""
FEWEST_SIGNS: Final = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that agree in the name and in the telephone, or in the home region by different documents."""

    one: Person
    another: Person
    has_same_phone: bool


def list_likely_pairs(actor: Actor) -> list[Pair]:
    """Without those that somebody said are two people. Each visible file asks an index for its like: no file
    is compared with all others.
    """
    rows = list_people(actor)
    found = list(_pairs(_alike_by_phone(rows), by_phone=True))
    known = {(pair.one.id, pair.another.id) for pair in found}
    others = _pairs(_alike_by_region(rows), by_phone=False)
    found += [pair for pair in others if (pair.one.id, pair.another.id) not in known]
    two = _said_two(found, actor)
    return [pair for pair in found if (pair.one.id, pair.another.id) not in two][:MOST]


def list_candidates(actor: Actor, *, name_key: str, phone: str, number: int = 5) -> list[Person]:
    """For whom somebody might open a second file: the same name, or the same telephone and a like name.

    Only among the files the actor may see; what lies beyond is not betrayed, not even by a count.
    """
    rows = list_people(actor)
    hashed = hash_of("phone_hash", phone) if phone else None
    same = Q(name_key=name_key) if len(name_key) >= FEWEST_SIGNS else Q(pk__in=())
    if hashed:
        same |= Q(phone_hash=hashed)
    return list(rows.filter(same)[:number])


def list_merges(person_id: UUID, actor: Actor) -> list[FileMerge]:
    """Of a file the actor may see, undone ones too, the latest first."""
    rows = FileMerge.objects.filter(authority_id=actor.authority_id, kept_id=person_id)
    return list(rows.select_related("other").order_by("-at"))


def get_merge(actor: Actor, merge_id: UUID) -> FileMerge:
    """Raises NotFound, also where the actor may not see the kept file."""
    rows = FileMerge.objects.filter(authority_id=actor.authority_id, id=merge_id)
    row = (
        rows.filter(kept__in=list_people(actor).order_by().values("id"))
        .select_related("kept", "other")
        .first()
    )
    if row is None:
        raise NotFound()
    return row


def _alike_by_phone(rows: PersonQuerySet) -> PersonQuerySet:
    like = _others().filter(phone_hash=OuterRef("phone_hash"), name_key=OuterRef("name_key"))
    return rows.filter(Exists(like), phone_hash__isnull=False)


def _alike_by_region(rows: PersonQuerySet) -> PersonQuerySet:
    """By different documents: two of one kind would have to have two numbers."""
    like = _others().filter(home_region=OuterRef("home_region"), name_key=OuterRef("name_key"))
    like = like.exclude(document_kind=OuterRef("document_kind"))
    long = rows.exclude(home_region="").alias(signs=Length("name_key")).filter(signs__gte=FEWEST_SIGNS)
    return long.filter(Exists(like))


def _others() -> PersonQuerySet:
    rows = Person.objects.filter(authority_id=OuterRef("authority_id"), merged_into=None)
    return rows.exclude(pk=OuterRef("pk"))


def _pairs(rows: Iterable[Person], *, by_phone: bool) -> Iterator[Pair]:
    groups: dict[tuple[object, ...], list[Person]] = defaultdict(list)
    for person in rows:
        same = bytes(person.phone_hash or b"") if by_phone else person.home_region
        groups[person.name_key, same].append(person)
    for alike in groups.values():
        for one, another in combinations(sorted(alike, key=lambda each: each.id), 2):
            if by_phone or one.document_kind != another.document_kind:
                yield Pair(one, another, by_phone)


def _said_two(pairs: Iterable[Pair], actor: Actor) -> set[tuple[UUID, UUID]]:
    ids = {pair.one.id for pair in pairs}
    rows = TwoPeople.objects.filter(authority_id=actor.authority_id, first_id__in=ids)
    return set(rows.values_list("first_id", "second_id"))
