"""The crews of an enterprise: those its employments name now, and who leads them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from fugong.core.actor import Actor
from fugong.people.choices import LeaderReach
from fugong.people.models import Crew, Device, Employment


@dataclass(frozen=True, slots=True)
class CrewRow:
    """`leader` is empty where nobody leads the crew; `reach` says how the leader is reached."""

    name: str
    staff: int
    leader: str = ""
    reach: LeaderReach | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker of a crew who has an own phone."""

    person_id: UUID
    name: str
    post: str


def list_crews(actor: Actor, enterprise_id: UUID) -> list[CrewRow]:
    """By name; one without people as long as somebody leads it. The caller has got the enterprise."""
    rows = Employment.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, ends_on=None
    )
    staff = dict(rows.exclude(crew="").values_list("crew").annotate(Count("id")).order_by())
    led = Crew.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, appointed_at__isnull=False
    ).select_related("leader_user", "leader_person__merged_into")
    found = {crew.name: crew for crew in led}
    on_phone = _on_phone(actor, [crew.leader_person_id for crew in led if crew.leader_person_id])
    return [
        _row(name, staff.get(name, 0), found.get(name), on_phone)
        for name in sorted(staff.keys() | found.keys())
    ]


def list_candidates_of(actor: Actor, enterprise_id: UUID, crew: str) -> list[Candidate]:
    """Workers of the crew who can lead it on their own phone, by name. The caller has got the enterprise."""
    rows = Employment.objects.filter(
        Exists(_open_phones(actor).filter(person=OuterRef("person_id"))),
        authority_id=actor.authority_id,
        enterprise_id=enterprise_id,
        ends_on=None,
        crew=crew,
    )
    found = rows.order_by("person__name_pinyin", "id").values_list("person_id", "person__name", "post")
    return [Candidate(*row) for row in found]


def _row(name: str, staff: int, crew: Crew | None, on_phone: Collection[UUID]) -> CrewRow:
    if crew is None:
        return CrewRow(name, staff)
    leader = crew.leader_user or crew.leader_person
    return CrewRow(name, staff, str(leader), _reach(crew, on_phone), crew.appointed_at)


def _reach(crew: Crew, on_phone: Collection[UUID]) -> LeaderReach:
    if crew.leader_user is not None:
        return LeaderReach.ACCOUNT if crew.leader_user.is_active else LeaderReach.GONE
    assert crew.leader_person is not None
    person = crew.leader_person.merged_into or crew.leader_person
    if person.enterprise_id != crew.enterprise_id:
        return LeaderReach.GONE
    has_phone = person.id in on_phone or crew.leader_person_id in on_phone
    return LeaderReach.PHONE if has_phone else LeaderReach.PAPER


def _on_phone(actor: Actor, person_ids: Collection[UUID]) -> set[UUID]:
    return set(_open_phones(actor).filter(person__in=person_ids).values_list("person_id", flat=True))


def _open_phones(actor: Actor) -> QuerySet[Device]:
    return Device.objects.filter(authority_id=actor.authority_id, ended_at=None, person__isnull=False)


def crew_name(crew_id: UUID) -> str | None:
    """Of a crew of the acting authority; None for one that is not there."""
    return Crew.objects.filter(id=crew_id).values_list("name", flat=True).first()
