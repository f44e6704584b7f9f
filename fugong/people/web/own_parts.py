"""The part of a worker's page that leads to the own file."""

from __future__ import annotations

from datetime import datetime

from fugong.core.web.sections import Values
from fugong.people.models import Challenge
from fugong.people.queries import Worker


def file_part(worker: Worker, now: datetime) -> Values:
    rows = Challenge.objects.filter(authority_id=worker.authority_id, person_id=worker.person_id)
    return {"unanswered": rows.filter(answered_at=None).count()}
