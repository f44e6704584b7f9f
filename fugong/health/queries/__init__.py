"""Reading health reports and incidents."""

from fugong.health.queries.day import CrewDay, EnterpriseDay, day_of, day_of_enterprise
from fugong.health.queries.figures import FIGURES, LINE, DayLine, day_lines
from fugong.health.queries.incidents import (
    get_incident,
    latest_decisions,
    list_events,
    list_incidents,
    list_of_person,
    list_under_way,
)
from fugong.health.queries.kiosks import list_kiosks
from fugong.health.queries.reports import history_of, latest_of_day, reports_of_enterprise
from fugong.health.queries.signs import find_signs_of, list_signs
from fugong.health.queries.terms import Terms, find_terms, get_terms

__all__ = [
    "FIGURES",
    "LINE",
    "CrewDay",
    "DayLine",
    "EnterpriseDay",
    "Terms",
    "day_lines",
    "day_of",
    "day_of_enterprise",
    "find_signs_of",
    "find_terms",
    "get_incident",
    "get_terms",
    "history_of",
    "latest_decisions",
    "latest_of_day",
    "list_events",
    "list_incidents",
    "list_kiosks",
    "list_of_person",
    "list_signs",
    "list_under_way",
    "reports_of_enterprise",
]
