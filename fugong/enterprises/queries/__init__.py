"""All reading of the register."""

from fugong.enterprises.queries.enterprises import (
    data_of,
    facts_of,
    find_by_code,
    find_same_name,
    find_subject,
    get_enterprise,
    list_enterprises,
    list_history,
    list_premises,
)
from fugong.enterprises.queries.figures import FIGURES
from fugong.enterprises.queries.search import matching, search
from fugong.enterprises.queries.standing import (
    StandingAt,
    StandingTally,
    Tally,
    list_standing_events,
    standing_as_of,
    standing_counts,
    totals,
)

__all__ = [
    "FIGURES",
    "StandingAt",
    "StandingTally",
    "Tally",
    "data_of",
    "facts_of",
    "find_by_code",
    "find_same_name",
    "find_subject",
    "get_enterprise",
    "list_enterprises",
    "list_history",
    "list_premises",
    "list_standing_events",
    "matching",
    "search",
    "standing_as_of",
    "standing_counts",
    "totals",
]
