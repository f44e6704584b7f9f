"""Reading a person's doses, contacts and commitments."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people.models import HistoryEntry
from fugong.people.queries.people import get_person, ids_of
from fugong.people.queries.standing import standing


def list_history(authority_id: UUID, person_id: UUID) -> list[HistoryEntry]:
    """What stands, of all files of the person: neither corrected since nor taken back, the latest first. The
    caller may see the file.
    """
    files = ids_of(authority_id, person_id)
    return list(standing(HistoryEntry.objects.filter(authority_id=authority_id, person_id__in=files)))


def get_history_entry(actor: Actor, entry_id: UUID) -> HistoryEntry:
    """One that stands, of a file the actor may see. Raises NotFound."""
    found = HistoryEntry.objects.filter(authority_id=actor.authority_id, id=entry_id).first()
    if found is None:
        raise NotFound()
    person = get_person(actor, found.person_id)
    if found.id not in {entry.id for entry in list_history(actor.authority_id, person.id)}:
        raise NotFound()
    found.person = person
    return found
