"""The day's health reports in figures: due, received, missing and excused, as they were known at a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import day_up_to
from fugong.core.figures import Computed, FigureDefinition, FigureQuery, Grade, Kind
from fugong.core.figures.proof import RowRef, row_ref
from fugong.duties import queries as duties
from fugong.duties.queries import KnownLine
from fugong.enterprises.queries import standing_as_of
from fugong.health.choices import REPORT_DUTY

DUE: Final = "health.due"
RECEIVED: Final = "health.received"
MISSING: Final = "health.missing"
EXCUSED: Final = "health.excused"
ENTERPRISE: Final = "enterprise"
LINE: Final = "duties.Entry"

# The first report of a person's day says that it came; a correction comes from somebody who had reported.
RECEIVED_BY: Final = """
    select person_id, id, reported_at from health_healthreport
     where authority_id = %(authority)s and person_id = any(%(people)s::uuid[]) and day = %(day)s
       and revision = 1 and reported_at <= %(as_of)s and recorded_at <= %(known_at)s
"""


class UnknownScope(ValueError):
    """The figure was asked for by an attribute that it cannot be narrowed by."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One person of the day: the line by which a report was owed, and the report, if it had come."""

    line: KnownLine
    report: tuple[UUID, datetime] | None

    @property
    def is_due(self) -> bool:
        return not self.line.is_excused

    @property
    def is_received(self) -> bool:
        return self.is_due and self.report is not None

    @property
    def is_missing(self) -> bool:
        return self.is_due and self.report is None

    @property
    def is_excused(self) -> bool:
        return self.line.is_excused

    def ref(self) -> RowRef:
        """The same in all four figures, so that a proof of a rate tells which rows are in both its parts."""
        report_id, reported_at = self.report or (None, None)
        counted = {
            "person": self.line.subject_id,
            "enterprise": self.line.enterprise_id,
            "period": self.line.period,
            "excused": self.line.is_excused,
            "report": report_id,
            "reported_at": reported_at,
        }
        return row_ref(LINE, self.line.id, counted)


def day_lines(query: FigureQuery) -> list[DayLine]:
    """Everybody of whom a report was owed for the day in which `as_of` lies. Raises UnknownScope."""
    if unknown := set(query.scope) - {ENTERPRISE}:
        raise UnknownScope(f"health reports are not narrowed by {', '.join(sorted(unknown))}")
    day = day_up_to(query.as_of)
    known = duties.lines_known(query.authority_id, REPORT_DUTY, day=day, known_at=query.known_at)
    lines = _narrowed(known, query)
    reports = _reports(lines, day, query)
    return [DayLine(line, reports.get(line.subject_id)) for line in lines]


def _narrowed(lines: list[KnownLine], query: FigureQuery) -> list[KnownLine]:
    """An enterprise lay in the area that the register said at that time."""
    if wanted := query.scope.get(ENTERPRISE):
        lines = [line for line in lines if str(line.enterprise_id) == wanted]
    if query.areas is None:
        return lines
    known = standing_as_of(query.authority_id, as_of=query.as_of, known_at=query.known_at)
    within = {row.enterprise_id for row in known if row.area_id in query.areas}
    return [line for line in lines if line.enterprise_id in within]


def _reports(lines: list[KnownLine], day: date, query: FigureQuery) -> Mapping[UUID, tuple[UUID, datetime]]:
    asked: dict[str, Any] = {
        "authority": query.authority_id,
        "people": [line.subject_id for line in lines],
        "day": day,
        "as_of": query.as_of,
        "known_at": query.known_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(RECEIVED_BY, asked)
        return {who: (report, at) for who, report, at in cursor.fetchall()}


_COUNTS: Final[Mapping[str, Callable[[DayLine], bool]]] = {
    DUE: lambda line: line.is_due,
    RECEIVED: lambda line: line.is_received,
    MISSING: lambda line: line.is_missing,
    EXCUSED: lambda line: line.is_excused,
}


def _computes(key: str) -> Callable[[FigureQuery], Computed]:
    def compute(query: FigureQuery) -> Computed:
        """Without any line nothing was asked of anybody that day, or nothing is kept of it any more."""
        lines = day_lines(query)
        if not lines:
            return Computed(value=None)
        rows = tuple(line.ref() for line in lines if _COUNTS[key](line))
        return Computed(value=len(rows), rows=rows)

    return compute


_WORDS: Final = {
    DUE: (
        _("Health reports due"),
        _(
            "People of whom a health report was owed for that day, each once; "
            "those who were let off do not count."
        ),
    ),
    RECEIVED: (
        _("Health reports received"),
        _("Of the people whose report was due, those who had reported for that day by then."),
    ),
    MISSING: (
        _("Health reports missing"),
        _("Of the people whose report was due, those who had not reported for that day by then."),
    ),
    EXCUSED: (
        _("Excused from the health report"),
        _("People who were let off that day's report with a reason, each once."),
    ),
}

FIGURES: Final = tuple(
    FigureDefinition(
        key=key,
        label=label,
        definition=definition,
        unit="person",
        kind=Kind.FLOW,
        grade=Grade.DECLARED,
        compute=_computes(key),
    )
    for key, (label, definition) in _WORDS.items()
)
