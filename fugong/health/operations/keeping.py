"""One report among the rows: who it is about, what counted before, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from fugong.core.operation import Operation
from fugong.core.refusals import Conflict, Invalid
from fugong.duties import operations as duties
from fugong.duties.queries import open_periods
from fugong.health.choices import REPORT_DUTY, Way
from fugong.health.models import HealthReport
from fugong.health.operations.opening import follow
from fugong.health.queries.terms import Terms
from fugong.health.rules.problems import Problem
from fugong.health.rules.reports import ReportData, Said, checked
from fugong.people.queries import AtWork

RACED = ("health_report_revision_once", "incident_one_at_a_time")


@dataclass(frozen=True, slots=True)
class Sent:
    """How a report came: which way, from which device, and when it was said there."""

    way: Way
    at: datetime
    device: str = ""


@contextmanager
def or_raced() -> Iterator[None]:
    """Two who report for one person at the same moment: the second is told to look again."""
    try:
        yield
    except IntegrityError as error:
        if not any(name in str(error) for name in RACED):
            raise
        sentence = _("Somebody else reported for this person just now. Look at it again.")
        raise Conflict(sentence, code="reported_just_now") from error


def refusal_of(problems: Mapping[str, Problem]) -> Invalid:
    sentences = {name: problem.sentence for name, problem in problems.items()}
    first = next(iter(problems.values()))
    return Invalid(" ".join(map(str, sentences.values())), code=first.code, fields=sentences)


def judged(
    data: ReportData, before: HealthReport | None, terms: Terms, *, now: datetime
) -> Said | Mapping[str, Problem]:
    return checked(data, terms.limits, now=now, corrects=before is not None)


def row_of(
    person: AtWork, said: Said, before: HealthReport | None, sent: Sent, *, op: Operation
) -> HealthReport:
    """Not saved yet."""
    return HealthReport(
        authority_id=op.actor.authority_id,
        person_id=person.person_id,
        enterprise_id=person.place.id if person.place else None,
        day=said.day,
        revision=before.revision + 1 if before else 1,
        corrects=before,
        tenths=said.tenths,
        reading=said.reading,
        symptoms=list(said.symptoms),
        place=said.place,
        note=said.note,
        is_late=said.is_late,
        is_alarming=said.alarm is not None,
        way=sent.way,
        device=sent.device[:64],
        reported_at=sent.at,
        recorded_at=op.now,
        by_user=op.actor.user_id,
        by_person=op.actor.person_id,
        by_name=op.actor.name,
    )


def after_keeping(
    person: AtWork, row: HealthReport, said: Said, before: HealthReport | None, terms: Terms, op: Operation
) -> None:
    """The incident that follows, in the same transaction."""
    if said.alarm is not None or (before is not None and before.is_alarming):
        follow(person, row, said, terms, op)


def tick(row: HealthReport, op: Operation) -> None:
    """Nobody has to remind this person any more. Last of all: others on the same roll wait from here on.

    A turn counts whose time has come, as the window of its cadence says; of several a day each on its own.
    """
    tick_all([row], op)


def tick_all(rows: Sequence[HealthReport], op: Operation) -> None:
    """As `tick`, of many; people who stand on no roll cost nothing."""
    owed = defaultdict(list)
    for who, period in open_periods(REPORT_DUTY, [row.person_id for row in rows], now=op.now):
        owed[who].append(period)
    # In one order, so that two who write do not want the same lines crosswise.
    for row in sorted(rows, key=lambda each: each.person_id):
        for period in sorted(owed[row.person_id]):
            if period.startswith(row.day.isoformat()):
                _tick(row, period, op)


def _tick(row: HealthReport, period: str, op: Operation) -> bool:
    return duties.tick(kind=REPORT_DUTY, subject_id=row.person_id, period=period, at=row.reported_at, op=op)
