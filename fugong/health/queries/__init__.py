"""Reading health reports and incidents."""

from fugong.health.queries.incidents import (
    get_incident,
    list_events,
    list_incidents,
    list_of_person,
    list_under_way,
)
from fugong.health.queries.reports import history_of, latest_of_day, reports_of_enterprise
from fugong.health.queries.terms import Terms, find_terms, get_terms

__all__ = [
    "Terms",
    "find_terms",
    "get_incident",
    "get_terms",
    "history_of",
    "latest_of_day",
    "list_events",
    "list_incidents",
    "list_of_person",
    "list_under_way",
    "reports_of_enterprise",
]
