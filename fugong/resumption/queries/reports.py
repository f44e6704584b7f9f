"""Reading production reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fugong.core.actor import Actor
from fugong.core.clock import end_of
from fugong.duties.queries import subjects_excused, subjects_owing
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import list_enterprises
from fugong.resumption.choices import DutyKind
from fugong.resumption.models import Certificate, ProductionReport, Suspension
from fugong.resumption.models.suspensions import NOT_CONFIRMED
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
    """Enterprises that the actor may see, that owe the report about the day and have not given it.

    Nobody owes one who was excused, who stood suspended when the day ended, or of whom the playbook wants
    none.
    """
    reported = ProductionReport.objects.filter(day=day).values("enterprise_id")
    excused = subjects_excused(DutyKind.REPORT, period=day.isoformat())
    return report_rules(day).owing(_at_work(actor, day).exclude(id__in=reported).exclude(id__in=excused))


def list_owing_anew(actor: Actor, day: date) -> QuerySet[Any]:
    """Those of `list_not_reported` of whom the report has still to be asked."""
    owing = subjects_owing(DutyKind.REPORT, period=day.isoformat())
    return list_not_reported(actor, day).exclude(id__in=owing)


def reports_of_day(actor: Actor, day: date) -> QuerySet[ProductionReport]:
    """The reports in force of the day, with their enterprise; in any order, so that a table can choose its
    own.
    """
    in_force = ProductionReport.objects.visible_to(actor).filter(day=day).in_force().values("id")
    return ProductionReport.objects.filter(id__in=in_force).select_related("enterprise")


def _at_work(actor: Actor, day: date) -> QuerySet[Any]:
    """At work now, by a certificate of the day or before, and not suspended when the day ended."""
    end = end_of(day)
    confirmed = Suspension.objects.exclude(state__in=NOT_CONFIRMED).filter(settled_at__lt=end)
    stopped = confirmed.filter(Q(ended_at=None) | Q(ended_at__gte=end)).values("enterprise_id")
    certified = Certificate.objects.filter(issued_on__lte=day).values("enterprise_id")
    at_work = list_enterprises(actor).filter(standing__state=StandingState.RESUMED, left_on=None)
    return at_work.filter(id__in=certified).exclude(id__in=stopped)
