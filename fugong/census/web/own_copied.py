"""What the person's own copy holds of the census: who called, and what was noted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fugong.census import queries
from fugong.census.web.shown import outcome_name, said_of
from fugong.core.clock import to_the_minute
from fugong.people.queries import Worker


def calls(worker: Worker, now: datetime) -> list[dict[str, object]]:
    return [
        {
            _("At"): to_the_minute(call.at),
            _("Entry"): call.campaign.name,
            _("Outcome"): outcome_name(call),
            _("What was noted"): said_of(call.campaign, call),
            _("By"): call.by_name,
        }
        for call in queries.list_own_calls(worker.actor)
    ]
