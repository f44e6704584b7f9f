"""Reading the person and where he or she worked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

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


def get_person(actor: Actor, person_id: UUID) -> Person:
    """Raises NotFound, also when the actor may not see the file."""
    person = list_people(actor).filter(id=person_id).first()
    if person is None:
        raise NotFound()
    return person


def find_by_document(actor: Actor, number: str) -> Person | None:
    """Among the files the actor may see: whether another one exists is not told."""
    hashed = hash_of("document_hash", normalised(number))
    return list_people(actor).filter(document_hash=hashed).first() if hashed else None


def hash_of(field: str, number: str) -> bytes | None:
    """Under which a number is found. None where no file was ever opened: a page that reads makes no key."""
    found = Person._meta.get_field(field)
    assert isinstance(found, SearchHashField)
    return found.hash_to_find(number)


def list_employments(actor: Actor, person_id: UUID) -> list[Work]:
    """Of a file the actor may see, the latest first."""
    rows = Employment.objects.filter(authority_id=actor.authority_id, person_id=person_id)
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
