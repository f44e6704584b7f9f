"""Reading health reports."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from fugong.core.actor import Actor
from fugong.health.models import HealthReport
from fugong.health.models.reports import HealthReportQuerySet
from fugong.health.permissions import check_may_see


def latest_of_day(person_ids: Collection[UUID], day: date, *, actor: Actor) -> dict[UUID, HealthReport]:
    """What counts of these people's day. The caller answers for who may know."""
    rows = HealthReport.objects.filter(
        authority_id=actor.authority_id, person_id__in=person_ids, day=day
    ).counting()
    return {row.person_id: row for row in rows}


def history_of(person_id: UUID, *, since: date, until: date, actor: Actor) -> list[HealthReport]:
    """Every report of these days, corrected ones too, the latest first. The caller says who may know."""
    rows = HealthReport.objects.filter(
        authority_id=actor.authority_id, person_id=person_id, day__gte=since, day__lte=until
    )
    return list(rows.order_by("-day", "-revision"))


def reports_of_enterprise(
    enterprise_id: UUID, *, since: date, until: date, actor: Actor
) -> HealthReportQuerySet:
    """Every report of these days that the actor may see, unordered. Raises `NotPermitted`."""
    check_may_see(actor)
    return HealthReport.objects.visible_to(actor).filter(
        enterprise_id=enterprise_id, day__gte=since, day__lte=until
    )
