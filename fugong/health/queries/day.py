"""One enterprise's day: who has reported, who has not, crew by crew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.duties import queries as duties
from fugong.enterprises import queries as enterprises
from fugong.health.choices import REPORT_DUTY, SEE
from fugong.health.models import HealthReport
from fugong.health.permissions import may_at
from fugong.health.queries.reports import latest_of_day
from fugong.people import queries as people
from fugong.people.queries import AtWork


@dataclass(frozen=True, slots=True)
class Line:
    """One person's day. `is_due` is False for whoever was let off, or is asked by no rule."""

    person: AtWork
    report: HealthReport | None
    is_due: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CrewDay:
    """`missing` are those who owe a report and have given none."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.report is None and line.is_due]

    @property
    def reported(self) -> int:
        return sum(line.report is not None for line in self.lines)

    @property
    def expected(self) -> int:
        """Who owes a report, and who gave one unasked: what was reported and is missing adds up to it."""
        return self.reported + len(self.missing)

    @property
    def alarming(self) -> list[Line]:
        return [line for line in self.lines if line.report and line.report.is_alarming]


@dataclass(frozen=True, slots=True)
class EnterpriseDay:
    crews: list[CrewDay]
    due_at: datetime | None

    @property
    def people(self) -> int:
        return sum(len(crew.lines) for crew in self.crews)

    @property
    def reported(self) -> int:
        return sum(crew.reported for crew in self.crews)

    @property
    def expected(self) -> int:
        return sum(crew.expected for crew in self.crews)

    @property
    def not_asked(self) -> int:
        """They were let off, or began to work after the day's lists were drawn up."""
        return self.people - self.expected

    @property
    def missing(self) -> int:
        return sum(len(crew.missing) for crew in self.crews)


def day_of_enterprise(enterprise_id: UUID, day: date, *, actor: Actor) -> EnterpriseDay:
    """Of those who work there now. Raises `NotFound`, `NotPermitted`. A fixed number of statements."""
    place = enterprises.get_enterprise(actor, enterprise_id)
    if not (actor.is_system or may_at(actor, place, SEE)):
        raise NotPermitted()
    staff = people.staff_of(enterprise_id, actor=actor)
    return day_of(staff, day, actor=actor)


def day_of(staff: list[AtWork], day: date, *, actor: Actor) -> EnterpriseDay:
    """Of these people, by crew. The caller answers for who may know."""
    ids = [person.person_id for person in staff]
    reports = latest_of_day(ids, day, actor=actor)
    rows = duties.enrolled(REPORT_DUTY, period=day.isoformat()).filter(subject_id__in=ids)
    said = rows.values_list("subject_id", "duty__due_at", "excuse")
    owed = {who: (due_at, bool(excuse)) for who, due_at, excuse in said}
    lines = [_line(person, reports.get(person.person_id), owed) for person in staff]
    ordered = sorted(lines, key=lambda line: line.person.crew)
    crews = [
        CrewDay(name, list(found)) for name, found in groupby(ordered, key=lambda line: line.person.crew)
    ]
    return EnterpriseDay(crews, min((due for due, _excused in owed.values()), default=None))


def _line(person: AtWork, report: HealthReport | None, owed: dict[UUID, tuple[datetime, bool]]) -> Line:
    """Where no roll was opened for the day, everybody is expected."""
    if not owed:
        return Line(person, report, True, None)
    due_at, is_excused = owed.get(person.person_id, (None, True))
    return Line(person, report, not is_excused, due_at)
