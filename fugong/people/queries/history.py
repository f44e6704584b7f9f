"""Reading a person's doses, contacts and commitments."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.people.models import HistoryEntry
from fugong.people.queries.people import get_person, ids_of


def list_history(authority_id: UUID, person_id: UUID) -> list[HistoryEntry]:
    """What stands, of all files of the person: neither corrected since nor taken back, the latest first. The
    caller may see the file.
    """
    corrected = HistoryEntry.objects.filter(authority_id=authority_id, replaces=OuterRef("id"))
    rows = HistoryEntry.objects.filter(
        authority_id=authority_id, person_id__in=ids_of(authority_id, person_id), is_taken_back=False
    )
    return list(rows.filter(~Exists(corrected)))


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
