"""Everything that is kept of one person, as the person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.queries import list_history
from fugong.core.refusals import NotFound
from fugong.people.choices import PERSON
from fugong.people.models import Challenge, Device, Employment, Person, SelfRegistration
from fugong.people.rules.origins import Origin, origins_of


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The latest of each list first. `acts` is all that was done to the file, by whom and when."""

    person: Person
    origins: dict[str, Origin]
    employments: list[Employment]
    phones: list[Device]
    registrations: list[SelfRegistration]
    challenges: list[Challenge]
    acts: list[AuditEntry]


def own_file(actor: Actor) -> OwnFile:
    """Of the person who acts. Six statements. Raises NotFound for an actor who is nobody of the ledger."""
    if actor.person_id is None:
        raise NotFound()
    person = Person.objects.visible_to(actor).select_related("enterprise").filter(id=actor.person_id).first()
    if person is None:
        raise NotFound()
    mine = {"authority_id": actor.authority_id, "person_id": person.id}
    acts = list_history(PERSON, str(person.id), authority_id=actor.authority_id)
    return OwnFile(
        person=person,
        origins=origins_of(acts),
        employments=list(
            Employment.objects.filter(**mine).select_related("enterprise").order_by("-starts_on")
        ),
        phones=list(Device.objects.filter(**mine).order_by("-opened_at")),
        registrations=list(
            SelfRegistration.objects.filter(**mine).select_related("enterprise").order_by("-given_at")
        ),
        challenges=list(Challenge.objects.filter(**mine).order_by("-given_at")),
        acts=acts[::-1],
    )


def list_challenges(actor: Actor, person_id: UUID) -> list[Challenge]:
    """The latest first. The caller has checked who may see the file."""
    rows = Challenge.objects.filter(authority_id=actor.authority_id, person_id=person_id)
    return list(rows.order_by("-given_at"))


def get_challenge(actor: Actor, challenge_id: UUID) -> Challenge:
    """With its person. Raises NotFound, also when the actor may not see that file."""
    seen = Person.objects.visible_to(actor).values("id")
    rows = Challenge.objects.filter(authority_id=actor.authority_id, id=challenge_id, person_id__in=seen)
    row = rows.select_related("person").first()
    if row is None:
        raise NotFound()
    return row
