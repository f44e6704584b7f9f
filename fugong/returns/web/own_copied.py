"""What the person's own copy holds of planned returns."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fugong.people.queries import Worker
from fugong.returns import queries
from fugong.returns.models import PlannedReturn
from fugong.returns.web.shown import state_status, terms_of


def planned(worker: Worker, now: datetime) -> list[dict[str, object]]:
    return [_plain(row) for row in queries.list_own(worker.actor)]


def _plain(row: PlannedReturn) -> dict[str, object]:
    terms = {str(term.label): str(term.value) for term in terms_of(row)}
    return {_("State"): str(state_status(row).label), **terms}
