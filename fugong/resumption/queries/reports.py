"""Reading production reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fugong.core.actor import Actor
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import list_enterprises
from fugong.resumption.models import Certificate, ProductionReport
from fugong.resumption.queries.cadence import report_rules
from fugong.resumption.rules.plausibility import Numbers

LOOK_BACK = timedelta(days=14)


def numbers_before(enterprise_id: UUID, day: date) -> list[Numbers]:
    """The reports in force of the two weeks before the day."""
    rows = ProductionReport.objects.filter(enterprise_id=enterprise_id, day__lt=day, day__gte=day - LOOK_BACK)
    return [Numbers(row.day, row.on_post, row.capacity_percent) for row in rows.in_force()]


def find_report(actor: Actor, enterprise_id: UUID, day: date) -> ProductionReport | None:
    """The one in force, which is the newest revision."""
    rows = ProductionReport.objects.visible_to(actor).filter(enterprise_id=enterprise_id, day=day)
    return rows.order_by("-revision").first()


def list_revisions(actor: Actor, enterprise_id: UUID, *, since: date) -> list[ProductionReport]:
    """Every revision, the newest day and revision first."""
    rows = ProductionReport.objects.visible_to(actor).filter(enterprise_id=enterprise_id, day__gte=since)
    return list(rows.order_by("-day", "-revision"))


def list_not_reported(actor: Actor, day: date) -> QuerySet[Any]:
    """Enterprises at work that the actor may see and that still owe the report for the day."""
    reported = ProductionReport.objects.filter(day=day).values("enterprise_id")
    certified = Certificate.objects.filter(issued_on__lte=day).values("enterprise_id")
    at_work = list_enterprises(actor).filter(standing__state=StandingState.RESUMED, left_on=None)
    return report_rules(day).owing(at_work.filter(id__in=certified).exclude(id__in=reported))


def reports_of_day(actor: Actor, day: date) -> QuerySet[ProductionReport]:
    """The reports in force of the day, with their enterprise; in any order, so that a table can choose its
    own.
    """
    in_force = ProductionReport.objects.visible_to(actor).filter(day=day).in_force().values("id")
    return ProductionReport.objects.filter(id__in=in_force).select_related("enterprise")
