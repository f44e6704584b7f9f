"""Reading production reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fugong.core.actor import Actor
from fugong.resumption.models import ProductionReport
from fugong.resumption.rules.plausibility import Numbers

LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class DayOfReports:
    """The reports in force of one day, with their sum."""

    reports: Sequence[ProductionReport]

    @property
    def on_post(self) -> int:
        return sum(report.on_post for report in self.reports)


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


def reports_of_day(actor: Actor, day: date) -> DayOfReports:
    rows = ProductionReport.objects.visible_to(actor).filter(day=day).in_force()
    return DayOfReports(list(rows.select_related("enterprise")))
