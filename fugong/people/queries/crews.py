"""The crews of an enterprise: those its employments name now, and who leads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from fugong.core.actor import Actor
from fugong.people.models import Crew, Employment


@dataclass(frozen=True, slots=True)
class CrewRow:
    """`leader` is empty where nobody leads the crew; one without an account answers on paper only."""

    name: str
    staff: int
    leader: str = ""
    has_account: bool = False
    since: datetime | None = None


def list_crews(actor: Actor, enterprise_id: UUID) -> list[CrewRow]:
    """By name; one without people as long as somebody leads it. The caller has got the enterprise."""
    rows = Employment.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, ends_on=None
    )
    staff = dict(rows.exclude(crew="").values_list("crew").annotate(Count("id")).order_by())
    led = Crew.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, appointed_at__isnull=False
    )
    found = {crew.name: crew for crew in led.select_related("leader_user", "leader_person")}
    return [_row(name, staff.get(name, 0), found.get(name)) for name in sorted(staff.keys() | found.keys())]


def _row(name: str, staff: int, crew: Crew | None) -> CrewRow:
    if crew is None:
        return CrewRow(name, staff)
    leader = crew.leader_user or crew.leader_person
    return CrewRow(name, staff, str(leader), crew.leader_user is not None, crew.appointed_at)


def crew_name(crew_id: UUID) -> str | None:
    """Of a crew of the acting authority; None for one that is not there."""
    return Crew.objects.filter(id=crew_id).values_list("name", flat=True).first()
