"""What resumption brings to other pages: the enterprise's, its timeline, and its contact's home page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.web.parts import Step
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import list_enterprises
from fugong.resumption import permissions
from fugong.resumption.choices import CertificateState
from fugong.resumption.models import Application
from fugong.resumption.queries import applications as queries
from fugong.resumption.queries.certificates import list_certificates
from fugong.resumption.queries.reports import list_revisions
from fugong.resumption.queries.suspensions import find_open_suspension
from fugong.resumption.rules.certificates import may_be_renewed
from fugong.resumption.rules.transitions import OPEN_STATES
from fugong.resumption.web import shown

NEWEST = 5
RECENT = timedelta(days=7)


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Mapping[str, object] | None:
    """Applications, certificate and suspension of the enterprise; nothing for roles without a
    part in them.
    """
    if not permissions.may_see(actor):
        return None
    found = queries.list_of_enterprise(actor, enterprise.id, limit=NEWEST)
    certificates = list_certificates(actor, enterprise.id)
    living = [each for each in certificates if each.state != CertificateState.REVOKED]
    renews = any(
        may_be_renewed(each.state, each.valid_until, today=local_date(now)) for each in certificates[:1]
    )
    suspension = find_open_suspension(actor, enterprise.id)
    works = enterprise.standing.state == StandingState.RESUMED
    return {
        "rows": [_row(each, now) for each in found],
        "certificates": [(each, shown.certificate_status(each.state)) for each in living],
        "suspension": suspension,
        "suspension_status": shown.suspension_status(suspension.state) if suspension else None,
        "may_apply": (renews or not works)
        and enterprise.left_on is None
        and not any(each.state in OPEN_STATES for each in found)
        and permissions.may_apply(actor, enterprise.id),
        "may_suspend": works
        and suspension is None
        and permissions.may_propose_suspension(
            actor, enterprise_id=enterprise.id, area_id=enterprise.area_id
        ),
    }


def reports_section(actor: Actor, enterprise: Any, now: datetime) -> Mapping[str, object] | None:
    """The last week's production reports, each with what looks odd in it."""
    if not permissions.may_see_reports(actor):
        return None
    newest: dict[object, Any] = {}
    for row in list_revisions(actor, enterprise.id, since=local_date(now) - RECENT):
        newest.setdefault(row.day, row)
    return {
        "rows": [(row, shown.findings_of(row)) for row in newest.values()],
        "may_report": permissions.may_report(actor, enterprise.id),
    }


def enterprise_steps(actor: Actor, enterprise: Any, now: datetime) -> list[Step]:
    """Every step of every application, certificate and suspension, for the enterprise's one timeline."""
    applications = [
        shown.event_step(event, url=reverse("resumption:application", args=[event.application_id]))
        for event in queries.milestones_of(actor, enterprise.id)
    ]
    return [*applications, *shown.suspension_steps(actor, enterprise.id)]


def home_panel(actor: Actor, now: datetime) -> tuple[str, Mapping[str, object]] | None:
    """For who speaks for an enterprise: where its application stands, and the day's report of one at work."""
    if not actor.enterprises or not permissions.may_see(actor):
        return None
    found = queries.list_open_of_own(actor)
    at_work = list_enterprises(actor).filter(
        id__in=actor.enterprises, standing__state=StandingState.RESUMED, left_on=None
    )
    reports = [
        reverse("resumption:report", args=[enterprise.id])
        for enterprise in at_work.order_by("name_pinyin")
        if permissions.may_report(actor, enterprise.id)
    ]
    return "resumption/parts/home_panel.html", {
        "rows": [_row(each, now) for each in found],
        "may_open": queries.list_may_apply(actor, today=local_date(now)),
        "reports": reports,
    }


def _row(application: Application, now: datetime) -> dict[str, object]:
    return {
        "application": application,
        "status": shown.status_of(application),
        "clock": shown.clock_of(application, now=now),
    }
