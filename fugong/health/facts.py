"""What health tells other contexts after commit. Payloads: incident, person, enterprise (or none), kind."""

from typing import Final

INCIDENT_OPENED: Final = "health.IncidentOpened"
INCIDENT_LOOKED_AFTER: Final = "health.IncidentLookedAfter"
INCIDENT_CLOSED: Final = "health.IncidentClosed"
