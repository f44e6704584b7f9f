"""The parts of a worker's page that this context brings: the own file, and the crew the worker leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from fugong.core.punctuation import listed
from fugong.core.web.sections import Values
from fugong.duties import queries as duties
from fugong.duties.queries import is_missed
from fugong.people.models import Challenge
from fugong.people.queries import Worker, led_crews


@dataclass(frozen=True, slots=True)
class CrewRoll:
    """What a crew owes now: how many, never who, as the page lies open on a phone."""

    crew: str
    label: Promise | str
    missing: int
    due_at: datetime
    is_missed: bool


def file_part(worker: Worker, now: datetime) -> Values:
    rows = Challenge.objects.filter(authority_id=worker.authority_id, person_id=worker.person_id)
    return {"unanswered": rows.filter(answered_at=None).count()}


def crew_part(worker: Worker, now: datetime) -> Values | None:
    """A worker has no account to be reminded through: what a message would say stands here."""
    crews = dict(led_crews(worker.actor).values_list("id", "name"))
    if not crews:
        return None
    rolls = [
        CrewRoll(
            crews[roll.subject_id],
            roll.label,
            roll.expected - roll.done,
            roll.due_at,
            is_missed(roll.due_at, now=now),
        )
        for roll in duties.open_rolls_of(list(crews), now=now)
    ]
    return {"crews": listed(sorted(crews.values())), "rolls": rolls}
