"""What a report leaves on record for the person's clearance, in the report's own transaction."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from fugong.clearance.choices import Source
from fugong.clearance.operations import record_evidence, relieve_evidence
from fugong.core.operation import Operation
from fugong.health.choices import REPORTED, SUBJECT, IncidentKind
from fugong.health.models import HealthReport, Incident

REPORT: str = "health.healthreport"


def note_report(row: HealthReport, op: Operation) -> None:
    """That the person has said how it is: where the playbook asks for that, nobody is free without it."""
    source = Source(REPORT, row.id, _written("Health report"))
    record_evidence(row.person_id, kind=REPORTED, since=row.reported_at, source=source, op=op)


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
