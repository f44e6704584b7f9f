"""What the person's own copy holds of health: every report, corrected ones too, and every incident."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from fugong.core.clock import local_date, to_the_minute
from fugong.health import queries
from fugong.health.web.shown import status_of, title_of, way_of, words_of
from fugong.people.queries import Worker

MOST = 10_000


def reports(worker: Worker, now: datetime) -> list[dict[str, object]]:
    today = local_date(now)
    rows = queries.history_of(worker.person_id, since=date.min, until=today, actor=worker.actor)
    terms = queries.find_terms(today)
    return [
        {
            _("Day"): row.day,
            _("What was reported"): words_of(row, terms),
            _("How it came in"): way_of(row),
            _("At"): to_the_minute(row.reported_at),
        }
        for row in rows
    ]


def incidents(worker: Worker, now: datetime) -> list[dict[str, object]]:
    found = queries.list_of_person(worker.person_id, actor=worker.actor, limit=MOST)
    return [
        {
            _("At"): to_the_minute(row.opened_at),
            _("Entry"): title_of(row),
            _("State"): str(status_of(row).label),
            _("Closed at"): to_the_minute(row.closed_at),
            _("Outcome"): str(row.get_outcome_display()),
        }
        for row in found
    ]
