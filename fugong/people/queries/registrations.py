"""Registrations that wait for the enterprise, and what to look at in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from fugong.core.actor import Actor
from fugong.people.choices import REGISTER, RegistrationState
from fugong.people.models import Device, Person, SelfRegistration
from fugong.people.queries.people import data_of, list_people
from fugong.people.rules.self_registering import Known, Look, Said, changed_fields, looks_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One registration as whoever decides it sees it. `known` only where the reader may see that file."""

    row: SelfRegistration
    said: Said
    looks: tuple[Look, ...]
    known: Person | None
    changed: tuple[str, ...]


def list_waiting(actor: Actor) -> QuerySet[SelfRegistration]:
    """Those the actor may decide, the oldest first."""
    rows = SelfRegistration.objects.filter(
        authority_id=actor.authority_id, state=RegistrationState.WAITING
    ).select_related("enterprise")
    reach = actor.reach(REGISTER)
    if not (actor.is_system or reach.everywhere):
        ground = Q(enterprise__area_id__in=reach.areas) | Q(enterprise_id__in=actor.enterprises)
        rows = rows.filter(ground)
    return rows.order_by("given_at", "id")


def looks_at(actor: Actor, rows: QuerySet[SelfRegistration]) -> list[Waiting]:
    """Three statements, however many rows. Opens the sealed data of each."""
    found = list(rows)
    known = _known(actor, found)
    phones = _with_phone(actor, known)
    times = _times(actor, found)
    return [_looked_at(row, known, phones, times) for row in found]


def said_in(row: SelfRegistration) -> Said:
    return Said.read(str(row.said), document=str(row.document))


def find_registration_of(device: Device) -> SelfRegistration | None:
    """The last one that was given from this phone, with its enterprise."""
    rows = SelfRegistration.objects.filter(authority_id=device.authority_id, device=device)
    return rows.select_related("enterprise").order_by("-given_at").first()


def _known(actor: Actor, rows: Sequence[SelfRegistration]) -> dict[bytes, Person]:
    hashes = [bytes(row.document_hash) for row in rows if row.document_hash]
    people = list_people(actor).filter(document_hash__in=hashes)
    return {bytes(person.document_hash): person for person in people}


def _with_phone(actor: Actor, known: dict[bytes, Person]) -> set[UUID | None]:
    rows = Device.objects.filter(
        authority_id=actor.authority_id, person__in=list(known.values()), ended_at=None
    )
    return set(rows.values_list("person_id", flat=True))


def _times(actor: Actor, rows: Sequence[SelfRegistration]) -> Counter[tuple[UUID, bytes]]:
    """How often the same number waits at the same enterprise."""
    places = {row.enterprise_id for row in rows}
    waiting = SelfRegistration.objects.filter(
        authority_id=actor.authority_id, enterprise_id__in=places, state=RegistrationState.WAITING
    )
    pairs = waiting.values_list("enterprise_id", "document_hash")
    return Counter((place, bytes(hashed)) for place, hashed in pairs if hashed)


def _looked_at(
    row: SelfRegistration,
    known: dict[bytes, Person],
    phones: set[UUID | None],
    times: Counter[tuple[UUID, bytes]],
) -> Waiting:
    said, hashed = said_in(row), bytes(row.document_hash)
    person = known.get(hashed)
    before = data_of(person) if person else None
    file = (
        Known(before, person.id in phones, person.enterprise_id == row.enterprise_id)
        if person and before
        else None
    )
    looks = looks_of(said, file, is_elsewhere=row.is_elsewhere, is_twice=times[row.enterprise_id, hashed] > 1)
    return Waiting(row, said, looks, person, changed_fields(said, before) if before else ())
