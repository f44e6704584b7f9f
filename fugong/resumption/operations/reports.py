"""The daily production report: taken in, corrected by a further revision, owed each day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from fugong.duties.choices import DutyOwner, DutySubject, owed_by_enterprise
from fugong.duties.operations import owe_each, settle
from fugong.enterprises.queries import get_enterprise
from fugong.resumption import facts
from fugong.resumption.choices import DutyKind
from fugong.resumption.models import Certificate, ProductionReport
from fugong.resumption.permissions import check_may_report
from fugong.resumption.queries.cadence import reminders_before, report_due_at, report_rules
from fugong.resumption.queries.reports import list_owing_anew, numbers_before
from fugong.resumption.rules.plausibility import Numbers, check_day, check_numbers, find_implausible

_When = tuple[datetime, tuple[datetime, ...]]


@dataclass(frozen=True, slots=True)
class ReportData:
    """One day of one enterprise: heads on post, output in percent of normal output, needs in
    its own words.
    """

    enterprise_id: UUID
    day: date
    on_post: int
    capacity_percent: int
    needs: str = ""


def report_production(data: ReportData, *, actor: Actor, now: datetime) -> ProductionReport:
    """Keeps the report; a second one for the same day is a correction, and both are kept.

    What looks odd is noted beside the numbers, never refused. Raises `Invalid` for a day to come, a day
    before
    the enterprise resumed, and for what cannot be.
    """
    with operation("resumption.report_production", actor=actor, now=now) as op:
        check_may_report(actor, data.enterprise_id)
        enterprise = get_enterprise(actor, data.enterprise_id)
        today = local_date(now)
        numbers = Numbers(data.day, data.on_post, data.capacity_percent)
        check_day(data.day, today=today, first_day=_first_day(data.enterprise_id))
        check_numbers(numbers)
        before = numbers_before(data.enterprise_id, data.day)
        findings = find_implausible(numbers, normal_staff=enterprise.normal_staff, before=before)
        row = ProductionReport(
            authority_id=actor.authority_id,
            enterprise=enterprise,
            day=data.day,
            on_post=data.on_post,
            capacity_percent=data.capacity_percent,
            needs=data.needs.strip(),
            findings=[finding.value for finding in findings],
            is_late=_is_late(enterprise, data.day, now),
            at=now,
            by_id=actor.user_id,
            by_name=actor.name,
            recorded_at=now,
        )
        _insert(row)
        _told(row, op=op)
        return row


def open_report_duties(authority_id: UUID, *, day: date, now: datetime) -> int:
    """Every enterprise at work owes the report about `day`, unless it has reported or was excused.

    Safe to run twice: asks those of whom it was not asked yet, which are those let to work since. Returns
    how many. The playbook in force on the day says who, and by when; without a cadence nobody owes one.
    """
    actor = system_actor(authority_id, "clock")
    with acting_for(authority_id), transaction.atomic():
        asked = _to_ask(actor, day)
        number = sum(map(len, asked.values()))
        if number:
            with operation("resumption.open_report_duties", actor=actor, now=now) as op:
                for (due_at, reminders), owed in asked.items():
                    owe_each(
                        owed,
                        kind=DutyKind.REPORT,
                        due_at=due_at,
                        period=day.isoformat(),
                        op=op,
                        remind_at=reminders,
                    )
                op.audit(None, {"day": day, "owing": number})
    return number


def _to_ask(actor: Actor, day: date) -> dict[_When, list[tuple[DutySubject, DutyOwner]]]:
    """By deadline and reminders. Whoever was let to work after the deadline is not asked: nobody can be in
    time any more.
    """
    rules = report_rules(day)
    found: dict[_When, list[tuple[DutySubject, DutyOwner]]] = defaultdict(list)
    for enterprise in list_owing_anew(actor, day):
        cadence = rules.of(enterprise)
        due_at = report_due_at(cadence, day) if cadence else None
        if cadence is not None and due_at is not None and enterprise.standing.since < due_at:
            owner = owed_by_enterprise(enterprise.id, area_id=enterprise.area_id)
            when = due_at, reminders_before(cadence, due_at)
            found[when].append((report_subject(enterprise.id, enterprise.name, day), owner))
    return found


def report_subject(enterprise_id: UUID, name: str, day: date) -> DutySubject:
    url = f"{reverse('resumption:report', args=[enterprise_id])}?day={day.isoformat()}"
    return DutySubject(kind="enterprise", id=enterprise_id, label=f"{name} · {day.isoformat()}", url=url)


def _first_day(enterprise_id: UUID) -> date | None:
    first: date | None = Certificate.objects.filter(enterprise_id=enterprise_id).aggregate(Min("issued_on"))[
        "issued_on__min"
    ]
    return first


def _is_late(enterprise: Any, day: date, now: datetime) -> bool:
    cadence = report_rules(day).of(enterprise)
    return cadence is not None and now > report_due_at(cadence, day)


def _insert(row: ProductionReport) -> None:
    """Two reports for one day at the same moment: one becomes the correction of the other, or is asked to
    look.
    """
    earlier = ProductionReport.objects.filter(enterprise_id=row.enterprise_id, day=row.day)
    row.revision = earlier.count() + 1
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "production_report_once" not in str(error):
            raise
        raise Conflict(
            _("Somebody else reported for this day just now."), code="reported_meanwhile"
        ) from None


def _told(row: ProductionReport, *, op: Operation) -> None:
    settle(kind=DutyKind.REPORT, subject_id=row.enterprise_id, period=row.day.isoformat(), at=op.now, op=op)
    op.audit(
        row,
        {
            "day": row.day,
            "revision": row.revision,
            "on_post": row.on_post,
            "capacity_percent": row.capacity_percent,
        },
    )
    op.fact(
        facts.PRODUCTION_REPORTED,
        {"enterprise": str(row.enterprise_id), "day": row.day.isoformat(), "revision": row.revision},
    )
