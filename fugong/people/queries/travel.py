"""Reading where a person was."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people.models import Person, Stay
from fugong.people.queries.people import get_person
from fugong.people.queries.standing import standing


def list_current(person: Person) -> list[Stay]:
    """What stands: neither corrected since nor taken back. The latest first. The caller may see the file."""
    return list(standing(Stay.objects.filter(authority_id=person.authority_id, person=person)))


def get_stay(actor: Actor, stay_id: UUID) -> Stay:
    """One that stands, of a file the actor may see. Raises NotFound."""
    found = Stay.objects.filter(authority_id=actor.authority_id, id=stay_id).first()
    if found is None:
        raise NotFound()
    person = get_person(actor, found.person_id)
    if found.id not in {stay.id for stay in list_current(person)}:
        raise NotFound()
    found.person = person
    return found
