"""The worker's own passages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fugong.core.clock import local_date, to_the_minute
from fugong.core.clock import now as present
from fugong.passage import queries
from fugong.passage.queries import PersonDays
from fugong.passage.web.said import days_said, said_of
from fugong.people import queries as people
from fugong.people.queries import Worker
from fugong.people.web.own import WorkerRequest, worker_page

COPIED_DAYS: Final = 400
"""Longer than passages are kept anywhere."""


@worker_page
def page(request: WorkerRequest) -> HttpResponse:
    """The last fourteen days: what the gates know, as an official who may trace would see it."""
    found = _days(request.worker, present(), queries.DAYS_SHOWN)
    return render(request, "passage/own/days.html", {"days": days_said(found)})


def section(worker: Worker, now: datetime) -> dict[str, object] | None:
    """Whether the gates have the worker inside somewhere. Nothing where nothing was scanned today."""
    found = _days(worker, now, 1)
    if not found.days:
        return None
    passed = found.days[0].passed
    return {"last": said_of(passed[-1]) if passed else None}


def copied(worker: Worker, now: datetime) -> list[dict[str, object]]:
    found = _days(worker, now, COPIED_DAYS)
    lines = [said_of(line) for day in found.days for line in (*day.passed, *day.refused)]
    return [
        {
            _("At"): to_the_minute(each.at),
            _("Place"): each.place,
            _("Direction"): each.direction,
            _("Answer"): str(each.status.label),
            _("Why"): each.why,
            _("By"): each.way,
            _("Note"): each.notes,
        }
        for each in lines
    ]


def _days(worker: Worker, now: datetime, number: int) -> PersonDays:
    today, authority = local_date(now), worker.actor.authority_id
    files = people.ids_of(authority, worker.person_id)
    return queries.days_of(
        queries.subjects_of(files, authority_id=authority),
        since=today - timedelta(days=number - 1),
        until=today,
        authority_id=authority,
        now=now,
    )
