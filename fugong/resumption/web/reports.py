from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import MAKE, may_export
from fugong.core.web.exports import answer_export
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable
from fugong.enterprises.queries import get_enterprise
from fugong.resumption import operations, permissions
from fugong.resumption.choices import REPORT, Implausible
from fugong.resumption.models import ProductionReport
from fugong.resumption.queries import reports as queries
from fugong.resumption.web import shown
from fugong.resumption.web.forms import ReportForm
from fugong.resumption.web.tables import not_reported_table, reports_table

SHOWN = timedelta(days=14)
FIRST_DAY = date(2000, 1, 1)


@page()
def reports(request: AskingRequest) -> HttpResponse:
    """Who has reported for the day, and who has not. Who speaks for one enterprise goes to its own form."""
    actor = request.actor
    permissions.check_may_see_reports(actor)
    if len(actor.enterprises) == 1 and actor.may(REPORT) and "day" not in request.GET:
        return redirect("resumption:report", next(iter(actor.enterprises)))
    day = _day_shown(request)
    values = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < local_date(present()) else None,
        "missing": _is_of_missing(request),
        "not_reported": queries.list_not_reported(actor, day).order_by().count(),
    }
    return render_page(request, "resumption/reports.html", values, table=_table(request))


@action(MAKE, methods=("POST",))
def export(request: AskingRequest) -> FileResponse:
    """Of the list that is shown: who has reported for the day, or who has not."""
    permissions.check_may_see_reports(request.actor)
    return answer_export(request, _table(request), now=present())


def _table(request: AskingRequest) -> BoundTable[Any]:
    actor, day = request.actor, _day_shown(request)
    url = reverse("resumption:export_reports") if may_export(actor) else ""
    if _is_of_missing(request):
        rows = queries.list_not_reported(actor, day)
        return not_reported_table(rows, request, day=day, export_url=url)
    return reports_table(queries.reports_of_day(actor, day), request, day=day, export_url=url)


def _is_of_missing(request: HttpRequest) -> bool:
    return request.GET.get("show") == "missing"


def _day_shown(request: HttpRequest) -> date:
    return _day(request) or local_date(present()) - timedelta(days=1)


@action(REPORT)
def report(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    actor, now = request.actor, present()
    enterprise = get_enterprise(actor, enterprise_id)
    permissions.check_may_report(actor, enterprise_id)
    day = _day(request) or local_date(now)
    form = ReportForm(request.POST or None, initial={"day": day})
    revisions = queries.list_revisions(actor, enterprise_id, since=day - SHOWN)
    _hint(form, revisions, day)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            row = operations.report_production(form.data_given(enterprise_id), actor=actor, now=now)
            messages.success(request, _("Reported for %(day)s.") % {"day": row.day.isoformat()})
            for finding in row.findings:
                messages.warning(request, Implausible(finding).label)
            return redirect(f"{reverse('resumption:report', args=[enterprise_id])}?day={row.day.isoformat()}")
    values = {
        "form": form,
        "enterprise": enterprise,
        "revisions": [(row, shown.findings_of(row)) for row in revisions],
        "is_correction": any(row.day == day for row in revisions),
    }
    return render(request, "resumption/report.html", values, status=422 if form.errors else 200)


def _hint(form: ReportForm, revisions: list[ProductionReport], day: date) -> None:
    """The last day's numbers as placeholders."""
    last = next((row for row in revisions if row.day < day), None)
    if last is not None:
        form.fields["on_post"].widget.attrs["placeholder"] = last.on_post
        form.fields["capacity_percent"].widget.attrs["placeholder"] = last.capacity_percent


def _day(request: HttpRequest) -> date | None:
    """None for what is no day, or one for which nobody can have reported."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= local_date(present()) else None
