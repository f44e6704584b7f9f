"""Reading the person and where he or she worked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.core.sealed import SearchHashField
from fugong.enterprises import queries as enterprises
from fugong.people.choices import DocumentKind
from fugong.people.models import Employment, Person
from fugong.people.models.people import PersonQuerySet
from fugong.people.rules.data import PersonData
from fugong.people.rules.documents import masked, masked_phone, normalised


@dataclass(frozen=True, slots=True)
class Numbers:
    """Identity and telephone as they may be shown to whoever may see the file."""

    document: str
    phone: str


@dataclass(frozen=True, slots=True)
class Work:
    """One employment; `place` is empty where the reader may not see the enterprise."""

    row: Employment
    place: str


def list_people(actor: Actor) -> PersonQuerySet:
    """Those the actor may see, by pinyin, with the enterprise they work at."""
    return Person.objects.visible_to(actor).select_related("enterprise").order_by("name_pinyin", "id")


def seen_files(actor: Actor) -> PersonQuerySet:
    """Those the actor may see, in no order: to be asked for ids."""
    return Person.objects.visible_to(actor)


def get_person(actor: Actor, person_id: UUID) -> Person:
    """The file in use: for one that was merged, the one it was merged into.

    Raises NotFound, also when the actor may not see the file.
    """
    person = list_people(actor).filter(id=in_use(actor, person_id)).first()
    if person is None:
        raise NotFound()
    return person


def in_use(actor: Actor, person_id: UUID) -> UUID:
    """The id of the file that is kept, or the same id."""
    merged = Person.objects.filter(authority_id=actor.authority_id, id=person_id, merged_into__isnull=False)
    return merged.values_list("merged_into_id", flat=True).first() or person_id


def ids_of(authority_id: UUID, person_id: UUID) -> list[UUID]:
    """All files of the person whose file in use this is: where contexts above look for history."""
    merged = Person.objects.filter(authority_id=authority_id, merged_into_id=person_id)
    return [person_id, *merged.order_by("id").values_list("id", flat=True)]


def with_kept(person_ids: Collection[UUID]) -> set[UUID]:
    """These, and the files in use of those among them that were merged."""
    rows = Person.objects.filter(id__in=person_ids, merged_into__isnull=False)
    return {*person_ids, *rows.values_list("merged_into_id", flat=True)}


def merged_into(person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """For each file that was merged into one of these, which one: what it says is said of that person."""
    rows = Person.objects.filter(merged_into_id__in=person_ids)
    return dict(rows.values_list("id", "merged_into_id"))


def find_by_document(actor: Actor, number: str) -> Person | None:
    """Among the files the actor may see: whether another one exists is not told."""
    hashed = hash_of("document_hash", normalised(number))
    return list_people(actor).filter(has_number(document_hash=hashed)).first() if hashed else None


def has_number(**hashed: bytes) -> Q:
    """The file with this number, or the one that a file with it was merged into."""
    merged = Person.objects.filter(merged_into__isnull=False, **hashed)
    return Q(**hashed) | Q(id__in=merged.values("merged_into_id"))


def hash_of(field: str, number: str) -> bytes | None:
    """Under which a number is found. None where no file was ever opened: a page that reads makes no key."""
    found = Person._meta.get_field(field)
    assert isinstance(found, SearchHashField)
    return found.hash_to_find(number)


def list_employments(actor: Actor, person_id: UUID) -> list[Work]:
    """Of a file the actor may see, the latest first; also of files that were merged into it."""
    files = ids_of(actor.authority_id, person_id)
    rows = Employment.objects.filter(authority_id=actor.authority_id, person_id__in=files)
    found = list(rows.select_related("enterprise").order_by("-starts_on", "-recorded_at"))
    places = {row.enterprise_id for row in found}
    seen = set(enterprises.list_enterprises(actor).filter(id__in=places).values_list("id", flat=True))
    return [Work(row, row.enterprise.name if row.enterprise_id in seen else "") for row in found]


def masked_numbers(person: Person) -> Numbers:
    return Numbers(masked(str(person.document)), masked_phone(str(person.phone)))


def data_of(person: Person) -> PersonData:
    """What is said now, as `operations.correct` takes it. Opens the sealed numbers."""
    return PersonData(
        name=person.name,
        document_kind=DocumentKind(person.document_kind),
        document=str(person.document),
        phone=str(person.phone),
        home_region=person.home_region,
        lodging=person.lodging,
    )
