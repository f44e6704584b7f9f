"""The worker's own report: two taps when nothing is the matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.web.refusing import or_errors
from fugong.health import operations, queries
from fugong.health.choices import Reading, Way
from fugong.health.models import HealthReport
from fugong.health.operations import ReportData
from fugong.health.queries import Terms
from fugong.health.rules.reports import ReportData as Data
from fugong.health.web.forms import ReportForm
from fugong.health.web.shown import report_status, way_of, words_of
from fugong.people.queries import Worker, crews_led_by
from fugong.people.web.own import WorkerRequest, worker_action, worker_page

PRESETS: Final = ("36.2", "36.3", "36.4", "36.5", "36.6", "36.7", "36.8", "36.9")
SHOWN: Final = timedelta(days=13)
PHONE: Final = "fugong_phone"
PHONE_KEPT: Final = timedelta(days=400)


def section(worker: Worker, now: datetime) -> dict[str, object] | None:
    """The day's state on the worker's page. Nothing where the playbook asks for no reports."""
    terms = queries.find_terms(local_date(now))
    if terms is None:
        return None
    today = local_date(now)
    report = queries.latest_of_day([worker.person_id], today, actor=worker.actor).get(worker.person_id)
    return {
        "report": report,
        "status": report_status(report),
        "said": words_of(report, terms) if report else "",
        "presets": PRESETS,
        "leads": bool(crews_led_by(worker.actor)),
    }


@worker_action
def tap(request: WorkerRequest) -> HttpResponse:
    """The second tap: a temperature in the ordinary range, nothing else to say."""
    if request.method == "POST":
        data = Data(day=local_date(present()), temperature=request.POST.get("temperature", ""))
        _kept(request, data)
    return _home(request)


@worker_action
def form(request: WorkerRequest) -> HttpResponse:
    """Everything there is to say, and the correction of what was said."""
    now = present()
    terms = queries.get_terms(local_date(now))
    asked = ReportForm(
        request.POST if request.method == "POST" else None,
        symptoms=terms.symptoms(),
        today=local_date(now),
        days=terms.health.window.days_late,
        initial=_said_before(request.worker, now),
    )
    if request.method == "POST" and asked.is_valid():
        with or_errors(asked):
            _kept(request, asked.data_given())
            return _home(request)
    return render(request, "health/own/form.html", {"form": asked}, status=422 if asked.errors else 200)


@worker_page
def history(request: WorkerRequest) -> HttpResponse:
    """The last fourteen days, corrected reports too."""
    today, worker = local_date(present()), request.worker
    rows = queries.history_of(worker.person_id, since=today - SHOWN, until=today, actor=worker.actor)
    terms = queries.find_terms(today)
    return render(request, "health/own/history.html", {"days": days_of(rows, terms)})


def days_of(rows: list[HealthReport], terms: Terms | None) -> list[dict[str, object]]:
    """One line for each report, the latest first; what was corrected is marked so."""
    newest: dict[object, int] = {}
    for row in rows:
        newest[row.day] = max(row.revision, newest.get(row.day, 0))
    return [
        {
            "row": row,
            "status": report_status(row),
            "said": words_of(row, terms),
            "way": way_of(row),
            "is_corrected": row.revision < newest[row.day],
        }
        for row in rows
    ]


def _kept(request: WorkerRequest, data: ReportData) -> None:
    row = operations.report(
        request.worker.person_id,
        data,
        way=Way.OWN,
        actor=request.actor,
        now=present(),
        device=phone_of(request),
    )
    if row.is_alarming:
        messages.warning(
            request, _("Reported. Stay away from others; somebody will call you. In an emergency call 120.")
        )
    else:
        messages.success(request, _("Reported. Thank you."))


def _home(request: WorkerRequest) -> HttpResponse:
    response = redirect("own:home")
    response.set_cookie(
        PHONE,
        phone_of(request),
        max_age=PHONE_KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def phone_of(request: HttpRequest) -> str:
    """A mark of this browser, saying nothing about anybody: by it one phone that speaks for many is seen."""
    mark = request.COOKIES.get(PHONE, "")
    if len(mark) != 32 or not mark.isalnum():
        mark = getattr(request, "fugong_phone", "") or uuid4().hex
        request.fugong_phone = mark  # type: ignore[attr-defined]
    return mark


def _said_before(worker: Worker, now: datetime) -> dict[str, object]:
    """A correction begins with what was said."""
    found = queries.latest_of_day([worker.person_id], local_date(now), actor=worker.actor)
    row = found.get(worker.person_id)
    if row is None:
        return {}
    return {
        "temperature": f"{row.tenths / 10:.1f}" if row.tenths is not None else "",
        "not_measured": row.reading == Reading.NONE,
        "symptoms": row.symptoms,
        "place": row.place,
        "note": row.note,
    }
