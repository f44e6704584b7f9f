"""Reading incidents."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.decisions.models import DecisionRecord
from fugong.core.refusals import NotFound
from fugong.health.models import Incident, IncidentEvent
from fugong.health.models.incidents import IncidentQuerySet
from fugong.health.permissions import check_may_see


def list_incidents(actor: Actor) -> IncidentQuerySet:
    """All the actor may see, unordered, each with its person and enterprise. Raises `NotPermitted`."""
    check_may_see(actor)
    return Incident.objects.visible_to(actor).select_related("person", "enterprise", "area", "report")


def get_incident(incident_id: UUID, *, actor: Actor) -> Incident:
    """Raises `NotFound`, also when the actor may not see it."""
    found = list_incidents(actor).filter(id=incident_id).first()
    if found is None:
        raise NotFound()
    return found


def list_events(incident: Incident) -> list[IncidentEvent]:
    """Every step, oldest first. The caller has got the incident for somebody who may see it."""
    rows = IncidentEvent.objects.filter(authority_id=incident.authority_id, incident=incident)
    return list(rows.select_related("report").order_by("at", "id"))


def list_of_person(person_id: UUID, *, actor: Actor, limit: int = 5) -> list[Incident]:
    """The latest first. The caller answers for who may know."""
    rows = Incident.objects.filter(authority_id=actor.authority_id, person_id=person_id)
    return list(rows.order_by("-opened_at")[:limit])


def list_under_way(actor: Actor, *, limit: int) -> list[Incident]:
    """Those somebody still has to do something for, the newest first."""
    rows = list_incidents(actor).under_way()
    return list(rows.order_by("-opened_at", "id")[:limit])


def latest_decisions(incidents: Collection[Incident]) -> dict[UUID, DecisionRecord]:
    """Why each was opened or goes on, in one statement. The caller has got them for somebody who may see."""
    rows = DecisionRecord.objects.filter(
        subject_kind=Incident._meta.label_lower, subject_id__in=[each.id for each in incidents]
    )
    return {row.subject_id: row for row in rows.order_by("at", "id")}
