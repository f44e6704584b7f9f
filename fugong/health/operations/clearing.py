"""What a report leaves on record for the person's clearance, in the report's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from fugong.clearance.choices import Entry, Source
from fugong.clearance.operations import (
    record_evidence,
    record_evidence_of_many,
    relieve_evidence,
    relieve_kind,
)
from fugong.core.operation import Operation
from fugong.health.choices import REPORT_MISSING, REPORTED, SUBJECT, IncidentKind
from fugong.health.models import HealthReport, Incident

REPORT: Final = "health.healthreport"
LINE: Final = "duties.entry"


@dataclass(frozen=True, slots=True)
class Missing:
    """One person's line on a roll whose deadline has passed."""

    line_id: UUID
    person_id: UUID
    due_at: datetime


def note_reports(rows: Sequence[HealthReport], op: Operation) -> None:
    """That people have said how they are: where the playbook asks for that, nobody is free without it."""
    label = _written("Health report")
    entries = [Entry(row.person_id, row.reported_at, Source(REPORT, row.id, label)) for row in rows]
    relieve_kind([row.person_id for row in rows], kind=REPORT_MISSING, at=op.now, op=op)
    record_evidence_of_many(entries, kind=REPORTED, op=op)


def note_missing(lines: Iterable[Missing], op: Operation) -> None:
    """That these people have sent no report by their deadline. It ends with their next one, late or not."""
    label = _written("Health report missing")
    entries = [Entry(each.person_id, each.due_at, Source(LINE, each.line_id, label)) for each in lines]
    record_evidence_of_many(entries, kind=REPORT_MISSING, op=op)


def raise_mark(incident: Incident, kind: IncidentKind, *, since: datetime, op: Operation) -> None:
    """Holds until the incident is closed. It says that there is an incident, and nothing of what was said."""
    url = reverse("health:incident", args=[incident.id])
    source = Source(SUBJECT, incident.id, _written("Incident"), url)
    record_evidence(incident.person_id, kind=str(kind), since=since, source=source, op=op)


def relieve_mark(incident: Incident, *, op: Operation) -> None:
    relieve_evidence(source_id=incident.id, at=op.now, op=op)


def _written(msgid: str) -> str:
    """In the authority's own language, as the label is kept."""
    with override("zh-hans"):
        return _(msgid)
