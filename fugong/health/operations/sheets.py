"""One leader, thirty people, only exceptions typed; and what a thermometer sends at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Invalid, NotPermitted
from fugong.health.choices import Way
from fugong.health.models import HealthReport
from fugong.health.operations.clearing import note_reports
from fugong.health.operations.keeping import Sent, after_keeping, judged, or_raced, row_of, tick_all
from fugong.health.permissions import may_report
from fugong.health.queries.reports import latest_of_day
from fugong.health.queries.terms import Terms, get_terms
from fugong.health.rules.problems import Problem
from fugong.health.rules.reports import ReportData, Said
from fugong.people import queries as people
from fugong.people.queries import AtWork

ROWS_MOST = 500


@dataclass(frozen=True, slots=True)
class SheetRow:
    person_id: UUID
    data: ReportData


@dataclass(frozen=True, slots=True)
class CrewSheet:
    """All rows are for one day."""

    day: date
    rows: Sequence[SheetRow]


class SheetRefused(Invalid):
    """Nothing of the sheet was kept; `rows` says what is wrong, by person and field."""

    def __init__(self, rows: Mapping[UUID, Mapping[str, Problem]]) -> None:
        super().__init__(_("Nothing was kept yet. Correct the lines that are marked."), code="sheet_refused")
        self.rows = rows


@dataclass(frozen=True, slots=True)
class _Judged:
    person: AtWork
    said: Said
    before: HealthReport | None


def report_crew(sheet: CrewSheet, *, actor: Actor, now: datetime) -> list[HealthReport]:
    """Keeps all rows of the sheet, or none and says what is wrong in each. Few statements for any number.

    Raises SheetRefused, NotPermitted when one of the people is not the actor's to report for, Invalid for
    an empty sheet or one of more than 500 rows.
    """
    if not 1 <= len(sheet.rows) <= ROWS_MOST:
        raise Invalid(
            _("A sheet has between 1 and %(most)s people.") % {"most": ROWS_MOST}, code="sheet_size"
        )
    with or_raced(), operation("health.report_crew", actor=actor, now=now) as op:
        found = people.at_work([row.person_id for row in sheet.rows], actor=actor)
        _check_may_report(found, sheet, actor)
        terms = get_terms(local_date(now))
        before = latest_of_day(list(found), sheet.day, actor=actor)
        judgements = {
            row.person_id: judged(row.data, before.get(row.person_id), terms, now=now) for row in sheet.rows
        }
        wrong = {who: said for who, said in judgements.items() if not isinstance(said, Said)}
        if wrong:
            raise SheetRefused(wrong)
        kept = [
            _Judged(found[who], said, before.get(who))
            for who, said in judgements.items()
            if isinstance(said, Said)
        ]
        return keep_all(kept_rows(kept, Sent(Way.CREW, now), op), kept, terms, op)


def _check_may_report(found: Mapping[UUID, AtWork], sheet: CrewSheet, actor: Actor) -> None:
    led = people.crews_led_by(actor)
    for row in sheet.rows:
        person = found.get(row.person_id)
        if person is None:
            raise NotPermitted()
        crews: Collection[str] = led.get(person.place.id, ()) if person.place else ()
        if not may_report(actor, person.person_id, person.place, led_crews=crews, crew=person.crew):
            raise NotPermitted(_("One of these people is not in your crew."), code="not_your_crew")


def kept_rows(kept: Sequence[_Judged], sent: Sent, op: Operation) -> list[HealthReport]:
    rows = [row_of(each.person, each.said, each.before, sent, op=op) for each in kept]
    return HealthReport.objects.bulk_create(rows)


def keep_all(
    rows: list[HealthReport], kept: Sequence[_Judged], terms: Terms, op: Operation
) -> list[HealthReport]:
    """What follows from rows that are saved: incidents, one line in the trail, ticks."""
    note_reports(rows, op)
    for row, each in zip(rows, kept, strict=True):
        after_keeping(each.person, row, each.said, each.before, terms, op)
    op.audit(
        None,
        {
            "day": rows[0].day.isoformat(),
            "people": [str(row.person_id) for row in rows],
            "way": str(rows[0].way),
        },
    )
    tick_all(rows, op)
    return rows
