"""The mark an incident leaves on the person's clearance, in the incident's own transaction."""

from __future__ import annotations

from datetime import datetime

from fugong.core.operation import Operation
from fugong.health.choices import IncidentKind
from fugong.health.models import Incident


def raise_mark(incident: Incident, kind: IncidentKind, *, since: datetime, op: Operation) -> None:
    """Holds until the incident is closed."""


def relieve_mark(incident: Incident, *, op: Operation) -> None: ...
